import { mkdirSync, readdirSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ReadDatabase } from '../../projections/read-database.js';
import { temporaryPath, syncPath, toWriteError } from '../files/durable-file.js';
import type { Checkpoint, EventStore } from '../event-store/port.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { parseCheckpoint } from '../proofs/notes/tlog-checkpoint.js';
import { canonicalText, leafHash } from '../proofs/merkle/leaf-hash.js';
import { consistencyPath } from '../proofs/merkle/consistency.js';
import { inclusionPath } from '../proofs/merkle/inclusion.js';
import { rootAt } from '../proofs/merkle/root.js';
import type { SubtreeHashes } from '../proofs/merkle/subtree.js';
import { parseNote } from '../proofs/notes/signed-note.js';
import { formatTlogProof } from '../proofs/notes/tlog-proof.js';
import { version } from '../config/version.js';
import { cellStatementPositions } from './cell-statements.js';
import type { Manifest, PackPeriod } from './manifest.js';
import { newPackFiles, type PackFiles } from './pack-files.js';
import { periodDefinitionPositions, type Publication } from './publications.js';
import { periodTable, reportTables } from './pack-tables.js';
import { newInMemoryTree } from './in-memory-tree.js';

export type PackLog = Pick<EventStore, 'readAll' | 'find' | 'byPositions'>;

export interface PackContents {
  readonly log: PackLog;
  /** Read models of the log up to the checkpoint, and of nothing after it. */
  readonly db: ReadDatabase;
  /** The pack ends where it does. */
  readonly checkpoint: Checkpoint;
  /** Smaller ones, by size, one for a size. */
  readonly earlier: readonly Checkpoint[];
  /** The period that was asked for; null for all. */
  readonly period: string | null;
  /** The first publication of each period that the pack is about. */
  readonly publications: readonly Publication[];
  /** The text of the verifier, which goes along for convenience. */
  readonly verifier: string;
  readonly onProgress?: (position: number, of: number) => void;
}

/** @throws {ExpectedError} when something is in the way: a pack never takes the place of anything. */
export function refuseOccupied(out: string): void {
  const found = lstatSync(out, { throwIfNoEntry: false });
  if (!found) return;
  if (found.isDirectory() && readdirSync(out).length === 0) return;
  throw new ExpectedError(
    `'${out}' is there already; a pack takes nobody's place. Name a directory that is not there.`,
  );
}

/**
 * Makes an evidence pack. The directory has its name when it is whole and on the disk; what a killed process leaves has
 * another name, and no manifest.
 * @throws {ExpectedError} when the directory is occupied or cannot be made, or the log is not the one that was signed
 */
export async function makePack(directory: string, contents: PackContents): Promise<Manifest> {
  const out = resolve(directory);
  refuseOccupied(out);
  const draft = temporaryPath(out);
  try {
    mkdirSync(draft);
    const manifest = await fill(newPackFiles(draft), contents);
    renameSync(draft, out);
    syncPath(dirname(out));
    return manifest;
  } catch (error) {
    throw toWriteError(out, error);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function fill(files: PackFiles, contents: PackContents): Promise<Manifest> {
  const { db, checkpoint, earlier, period, publications, verifier } = contents;
  const { origin, size, root } = signed(checkpoint);
  const subtrees = await writeEvents(files, contents, root);
  await files.write('checkpoint', checkpoint.note);
  for (const before of earlier) {
    await files.write(`checkpoints/${before.size}`, before.note);
    const path = await consistencyPath(before.size, size, subtrees);
    await files.write(`consistency/${before.size}-${size}`, consistencyText(before.size, size, path));
  }
  for (const publication of publications) {
    const { name, content } = await periodTable(db, publication);
    await files.write(name, content);
  }
  for (const { name, content } of await reportTables(db, period, size)) await files.write(name, content);
  await writeProofs(files, contents, subtrees);
  await files.write('verify.mjs', verifier);
  return files.finish({
    format: 'peildatum-evidence@v1',
    program: version,
    origin,
    treeSize: size,
    rootHash: root.toString('base64'),
    period,
    periods: publications.map(periodOf),
    checkpoints: earlier.map((before) => ({
      treeSize: before.size,
      rootHash: signed(before).root.toString('base64'),
    })),
  });
}

const signed = ({ note }: Checkpoint) => parseCheckpoint(parseNote(note).text);

const periodOf = ({ id, position, recordedAt, data }: Publication): PackPeriod => ({
  key: data.period,
  referenceDate: data.referenceDate,
  publication: { event: id, position, recordedAt },
  moment: { asOf: data.referenceDate, position },
});

/** Events per reading: what is in memory at one time. */
const PAGE = 500;

/** Every event as the leaf that it is, and beside them the hashes of the leaves. Returns the tree over them. */
async function writeEvents(
  files: PackFiles,
  { log, checkpoint, onProgress = () => {} }: PackContents,
  root: Buffer,
): Promise<SubtreeHashes> {
  const { size } = checkpoint;
  const hashes: Buffer[] = [];
  async function* lines(): AsyncGenerator<string> {
    while (hashes.length < size) {
      const events = await log.readAll(hashes.length, Math.min(PAGE, size - hashes.length));
      if (events.length === 0)
        throw new Error(`The log has no event after position ${hashes.length}, and ${size} were signed.`);
      for (const event of events) hashes.push(leafHash(event));
      yield events.map((event) => `${canonicalText(event)}\n`).join('');
      onProgress(hashes.length, size);
    }
  }
  await files.write('events.ndjson', lines());
  const subtrees = newInMemoryTree(Buffer.concat(hashes));
  if (!(await rootAt(size, subtrees)).equals(root)) {
    throw new ExpectedError(
      `The events are not those that the checkpoint over ${size} was signed of, so no pack was made. peildatum verify says which.`,
    );
  }
  await files.write('leaves', hashes.map((hash) => `${hash.toString('hex')}\n`).join(''));
  return subtrees;
}

/** For whoever is to be shown one statement and not the whole log: a file each, that is verified without the others. */
async function writeProofs(
  files: PackFiles,
  { log, db, checkpoint, publications }: PackContents,
  subtrees: SubtreeHashes,
): Promise<void> {
  const { size, note } = checkpoint;
  const periods = new Set(publications.map(({ data }) => data.period));
  const positions = new Set([
    ...publications.map(({ position }) => position),
    ...(await periodDefinitionPositions(log, periods, size)),
  ]);
  for (const publication of publications) {
    for (const position of await cellStatementPositions(db, publication)) positions.add(position);
  }
  const wanted = [...positions].sort((a, b) => a - b);
  for (let from = 0; from < wanted.length; from += PAGE) {
    const events = await log.byPositions(wanted.slice(from, from + PAGE));
    // Thousands of small files, each waited for: the disk does several at once.
    await Promise.all(
      events.map(async ({ id, position }) => {
        const path = await inclusionPath(position - 1, size, subtrees);
        await files.write(`proofs/${id}.tlog-proof`, formatTlogProof({ index: position - 1, path, checkpoint: note }));
      }),
    );
  }
}

/** The path from one tree to another, as docs/evidence-pack.md has it: C2SP has no form for it. */
const consistencyText = (first: number, second: number, path: readonly Buffer[]): string =>
  ['peildatum-consistency@v1', `first ${first}`, `second ${second}`, ...path.map((hash) => hash.toString('base64'))]
    .map((line) => `${line}\n`)
    .join('');

import type { ReadDatabase } from '../../projections/read-database.js';
import type { FileContent } from '../files/file-digest.js';
import {
  makeSealedDirectory,
  refuseOccupied,
  type DirectoryWriter,
  type FileEntry,
} from '../files/sealed-directory.js';
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
import { periodDefinitionPositions, type Publication } from './publications.js';
import { periodTable, reportTables } from './pack-tables.js';
import { newInMemoryTree } from './in-memory-tree.js';

export type PackLog = Pick<EventStore, 'readAll' | 'find' | 'byPositions'>;

export interface PackContents {
  readonly log: PackLog;
  /** Read models of the log up to the checkpoint, and of nothing after it. */
  readonly db: ReadDatabase;
  /** The pack ends at the size of this checkpoint. */
  readonly checkpoint: Checkpoint;
  /** Checkpoints of smaller sizes, in order of size, one for each size. */
  readonly earlier: readonly Checkpoint[];
  /** The requested period; null for all periods. */
  readonly period: string | null;
  /** The first publication of each period that the pack is about. */
  readonly publications: readonly Publication[];
  /** The source of the verifier, which is in the pack for convenience. */
  readonly verifier: string;
  readonly onProgress?: (position: number, of: number) => void;
}

const PACK = { what: 'a pack', allowsEmptyDirectory: true } as const;

/** @throws {ExpectedError} when a pack cannot be made in this directory because something exists there. */
export const refuseOccupiedPack = (directory: string): void => refuseOccupied(directory, PACK);

/**
 * Makes an evidence pack in a new directory.
 * @throws {ExpectedError} when the directory is occupied or cannot be written, or when the log is not the one that was signed
 */
export const makePack = (directory: string, contents: PackContents): Promise<Manifest> =>
  makeSealedDirectory(directory, PACK, (writer) => writePack(writer, contents));

type WriteFile = (name: string, content: FileContent) => Promise<void>;

async function writePack(writer: DirectoryWriter, contents: PackContents): Promise<Manifest> {
  const { db, checkpoint, earlier, period, publications, verifier } = contents;
  const files: FileEntry[] = [];
  const write: WriteFile = async (name, content) => void files.push(await writer.write(name, content));
  const { origin, size, root } = treeHeadOf(checkpoint);
  const subtrees = await writeEvents(write, contents, root);
  await write('checkpoint', checkpoint.note);
  for (const before of earlier) {
    await write(`checkpoints/${before.size}`, before.note);
    const path = await consistencyPath(before.size, size, subtrees);
    await write(`consistency/${before.size}-${size}`, consistencyText(before.size, size, path));
  }
  for (const publication of publications) {
    const { name, content } = await periodTable(db, publication);
    await write(name, content);
  }
  for (const { name, content } of await reportTables(db, period, size)) await write(name, content);
  await writeProofs(write, contents, subtrees);
  await write('verify.mjs', verifier);
  return {
    format: 'peildatum-evidence@v1',
    program: version,
    origin,
    treeSize: size,
    rootHash: root.toString('base64'),
    period,
    periods: publications.map(periodOf),
    checkpoints: earlier.map((before) => ({
      treeSize: before.size,
      rootHash: treeHeadOf(before).root.toString('base64'),
    })),
    files: files.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const treeHeadOf = ({ note }: Checkpoint) => parseCheckpoint(parseNote(note).text);

const periodOf = ({ id, position, recordedAt, data }: Publication): PackPeriod => ({
  key: data.period,
  referenceDate: data.referenceDate,
  publication: { event: id, position, recordedAt },
  moment: { asOf: data.referenceDate, position },
});

/** How many events are in memory at one time. */
const PAGE_EVENT_COUNT = 500;

/** Writes every event in the form that its leaf hash is computed from, and the leaf hashes. Returns the tree over them. */
async function writeEvents(
  write: WriteFile,
  { log, checkpoint, onProgress = () => {} }: PackContents,
  root: Buffer,
): Promise<SubtreeHashes> {
  const { size } = checkpoint;
  const hashes: Buffer[] = [];
  async function* lines(): AsyncGenerator<string> {
    while (hashes.length < size) {
      const events = await log.readAll(hashes.length, Math.min(PAGE_EVENT_COUNT, size - hashes.length));
      if (events.length === 0)
        throw new Error(`The log has no event after position ${hashes.length}, and ${size} were signed.`);
      for (const event of events) hashes.push(leafHash(event));
      yield events.map((event) => `${canonicalText(event)}\n`).join('');
      onProgress(hashes.length, size);
    }
  }
  await write('events.ndjson', lines());
  const subtrees = newInMemoryTree(Buffer.concat(hashes));
  if (!(await rootAt(size, subtrees)).equals(root)) {
    throw new ExpectedError(
      `The events are not those that the checkpoint over ${size} was signed of, so no pack was made. peildatum verify says which.`,
    );
  }
  await write('leaves', hashes.map((hash) => `${hash.toString('hex')}\n`).join(''));
  return subtrees;
}

/** Writes an inclusion proof for each publication, period and statement, to show one of them without the whole log. */
async function writeProofs(
  write: WriteFile,
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
  const positionsInOrder = [...positions].sort((a, b) => a - b);
  for (let from = 0; from < positionsInOrder.length; from += PAGE_EVENT_COUNT) {
    const events = await log.byPositions(positionsInOrder.slice(from, from + PAGE_EVENT_COUNT));
    // Each of these thousands of small files is flushed, and the disk flushes several at once.
    await Promise.all(
      events.map(async ({ id, position }) => {
        const path = await inclusionPath(position - 1, size, subtrees);
        await write(`proofs/${id}.tlog-proof`, formatTlogProof({ index: position - 1, path, checkpoint: note }));
      }),
    );
  }
}

/** The text of a consistency proof, in the form of docs/evidence-pack.md: C2SP defines none. */
const consistencyText = (first: number, second: number, path: readonly Buffer[]): string =>
  ['peildatum-consistency@v1', `first ${first}`, `second ${second}`, ...path.map((hash) => hash.toString('base64'))]
    .map((line) => `${line}\n`)
    .join('');

import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncPath, toWriteError } from '../files/durable-file.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { BackupRefusedError } from './backup-refused-error.js';
import { copyWithDigest } from '../files/file-digest.js';
import { readManifest, type Manifest, type PartEntry } from './manifest.js';
import type { Findings, OnVerified, Part } from './backup-part.js';
import { stagingPathOf } from './staging-file.js';
import { findOccupiedPaths } from './occupied-paths.js';

export interface RestoreOptions {
  /** The directory of a backup. */
  readonly from: string;
  /** The directory of the installation, which must be empty, or not there yet. */
  readonly dataDir: string;
  /** Where the installation wants its files. */
  readonly parts: readonly Part[];
  /** What must not be there, for it would not go with what is restored. */
  readonly others: readonly string[];
  readonly onVerified?: OnVerified;
}

/** A part that is to be restored: first beside its place, then in it. */
interface StagedPart {
  readonly part: Part;
  readonly entry: PartEntry;
  readonly staged: string;
}

/**
 * Restores a backup into an empty place. Everything is copied beside its place and verified there; then each file is put
 * in its place at once, the log last. Afterwards all is verified once more, in its place.
 * @throws {ExpectedError} when there is anything; {BackupRefusedError} when the backup is not whole. Then nothing was restored.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { from, dataDir, parts, others, onVerified = () => {} } = options;
  const paths = [...parts.map(({ path }) => path), ...others];
  refuseFull([dataDir], [...paths, ...parts.map(({ path }) => stagingPathOf(path))]);
  const manifest = readManifest(from);
  const stagedParts = stagedPartsOf(manifest, parts);
  const made = makeDirectories([dataDir, ...stagedParts.map(({ part }) => dirname(part.path))]);
  const staged: string[] = [];
  let placed = false;
  try {
    for (const stagedPart of stagedParts) {
      staged.push(stagedPart.staged);
      await stage(from, stagedPart);
    }
    const problems = await verifyAll(manifest, stagedParts, ({ staged }) => staged, onVerified);
    if (problems.length > 0) throw new BackupRefusedError(from, problems);
    refuseFull([], paths);
    for (const path of staged) removeTraces(path);
    for (const { part, staged } of stagedParts) {
      placed = true;
      renameSync(staged, part.path);
      syncPath(dirname(part.path));
    }
  } catch (error) {
    throw toWriteError(dataDir, error);
  } finally {
    if (!placed) {
      for (const path of staged) removeWithTraces(path);
      for (const directory of made.reverse()) removeIfEmpty(directory);
    }
  }
  const later = await verifyAll(manifest, stagedParts, ({ part }) => part.path, onVerified);
  if (later.length > 0) throw new ExpectedError(`What was restored is not what it was: ${later.join('; ')}.`);
  return manifest;
}

function refuseFull(directories: readonly string[], paths: readonly string[]): void {
  const found = findOccupiedPaths(directories, paths);
  if (found.length === 0) return;
  throw new ExpectedError(
    `A backup is restored into an empty place only, and there is something: ${found.join(', ')}. ` +
      `Move it away, or restore with another DATA_DIR. Nothing was restored.`,
  );
}

/** The log is the last. */
const stagedPartsOf = (manifest: Manifest, parts: readonly Part[]): StagedPart[] =>
  parts
    .flatMap((part) => {
      const entry = manifest.files.find(({ name }) => name === part.name);
      return entry ? [{ part, entry, staged: stagingPathOf(part.path) }] : [];
    })
    .sort((a, b) => Number(a.part.name === 'events.db') - Number(b.part.name === 'events.db'));

/** The directories that were not there, the outermost first. */
function makeDirectories(paths: readonly string[]): string[] {
  const made: string[] = [];
  const make = (path: string): void => {
    if (existsSync(path)) return;
    make(dirname(path));
    mkdirSync(path);
    made.push(path);
  };
  for (const path of paths) make(path);
  return made;
}

async function stage(from: string, { part, entry, staged }: StagedPart): Promise<void> {
  const found = await copyWithDigest(join(from, part.name), staged, part.mode).catch((error: unknown) => {
    if (error instanceof Error && 'path' in error && error.path === join(from, part.name)) return null;
    throw error;
  });
  if (found === null) throw new BackupRefusedError(from, [`${part.name} is missing or cannot be read`]);
  if (found.bytes !== entry.bytes) {
    throw new BackupRefusedError(from, [
      `${part.name} has ${found.bytes} bytes where the manifest says ${entry.bytes}: it was cut off or changed`,
    ]);
  }
  if (found.sha256 !== entry.sha256) {
    throw new BackupRefusedError(from, [`${part.name} was changed: its SHA-256 is not the one in the manifest`]);
  }
}

async function verifyAll(
  manifest: Manifest,
  stagedParts: readonly StagedPart[],
  fileOf: (stagedPart: StagedPart) => string,
  onVerified: OnVerified,
): Promise<string[]> {
  const problems: string[] = [];
  for (const stagedPart of stagedParts) {
    const { name, verify } = stagedPart.part;
    const found = await verify(fileOf(stagedPart), (events) => onVerified(events, manifest.log.position));
    problems.push(...[...found.problems, ...differences(manifest, found)].map((each) => `${name}: ${each}`));
  }
  return problems;
}

/** Where a log that is sound by itself is not the one that the manifest tells of. */
function differences({ log: said }: Manifest, { problems, log }: Findings): string[] {
  if (!log || problems.length > 0) return [];
  const pairs = [
    ['position', said.position, log.position],
    ['recorded time', said.recordedAt, log.recordedAt],
    ['leaf hash', said.lastLeafHash, log.lastLeafHash],
  ] as const;
  return pairs
    .filter(([, before, now]) => before !== now)
    .map(([what, before, now]) => `its last ${what} is ${now}, where the manifest says ${before}`);
}

/** What looking at a database can leave beside it. */
function removeTraces(path: string): void {
  for (const trace of ['-wal', '-shm']) rmSync(path + trace, { force: true });
}

function removeWithTraces(path: string): void {
  rmSync(path, { force: true });
  removeTraces(path);
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // Somebody else put something there, and it stays.
  }
}

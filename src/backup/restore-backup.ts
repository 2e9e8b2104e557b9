import { existsSync, mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { syncPath, toWriteError } from '../files/durable-file.js';
import { copyWithDigest } from '../files/file-digest.js';
import type { BackupPart, OnVerified } from './backup-part.js';
import { BackupRefusedError } from './backup-refused-error.js';
import { readManifest, type Manifest, type PartEntry } from './manifest.js';
import { refuseOccupiedPaths } from './occupied-paths.js';
import { removeSqliteSideFiles, removeStagedFile, stagingPathOf } from './staging-file.js';
import { verifyParts } from './verify-parts.js';

export interface RestoreOptions {
  /** The directory of a backup. */
  readonly from: string;
  /** The directory of the installation, which must be empty or absent. */
  readonly dataDir: string;
  /** The parts that the installation can have, with their paths. */
  readonly parts: readonly BackupPart[];
  /** Other paths that must not exist, because their content would not match the restored log. */
  readonly conflictingPaths: readonly string[];
  readonly onVerified?: OnVerified;
}

/** A part to restore: it is written to a staging path first and then moved to its own path. */
interface StagedPart {
  readonly part: BackupPart;
  readonly entry: PartEntry;
  readonly stagingPath: string;
}

/**
 * Restores a backup into an empty place. Every file is copied to a staging path beside its place and verified there. Then the
 * files are moved to their places, the log last, and verified once more.
 * @throws {ExpectedError} when the place is not empty; {BackupRefusedError} when the backup is not complete. Nothing is restored
 * then.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { from, dataDir, parts, conflictingPaths, onVerified = () => {} } = options;
  const paths = [...parts.map(({ path }) => path), ...conflictingPaths];
  refuseOccupiedPaths([dataDir], [...paths, ...parts.map(({ path }) => stagingPathOf(path))]);
  const manifest = readManifest(from);
  const stagedParts = stagedPartsOf(manifest, parts);
  const createdDirectories = createDirectories([dataDir, ...stagedParts.map(({ part }) => dirname(part.path))]);
  const stagingPaths: string[] = [];
  let isMoved = false;
  try {
    for (const stagedPart of stagedParts) {
      stagingPaths.push(stagedPart.stagingPath);
      await copyToStaging(from, stagedPart);
    }
    const staged = stagedParts.map(({ part, stagingPath }) => ({ part, path: stagingPath }));
    const problems = await verifyParts(manifest, staged, onVerified);
    if (problems.length > 0) throw new BackupRefusedError(from, problems);
    // Verification took a while: another process may have created files meanwhile.
    refuseOccupiedPaths([], paths);
    for (const path of stagingPaths) removeSqliteSideFiles(path);
    for (const { part, stagingPath } of stagedParts) {
      isMoved = true;
      renameSync(stagingPath, part.path);
      syncPath(dirname(part.path));
    }
  } catch (error) {
    throw toWriteError(dataDir, error);
  } finally {
    if (!isMoved) {
      for (const path of stagingPaths) removeStagedFile(path);
      for (const directory of createdDirectories.reverse()) removeIfEmpty(directory);
    }
  }
  const restored = stagedParts.map(({ part }) => ({ part, path: part.path }));
  const problems = await verifyParts(manifest, restored, onVerified);
  if (problems.length > 0) {
    throw new ExpectedError(`The restored files differ from the backup: ${problems.join('; ')}.`);
  }
  return manifest;
}

/** The parts that the backup holds; the log is the last. */
const stagedPartsOf = (manifest: Manifest, parts: readonly BackupPart[]): StagedPart[] =>
  parts
    .flatMap((part) => {
      const entry = manifest.files.find(({ name }) => name === part.name);
      return entry ? [{ part, entry, stagingPath: stagingPathOf(part.path) }] : [];
    })
    .sort((a, b) => Number(a.part.name === 'events.db') - Number(b.part.name === 'events.db'));

/** Creates the directories that do not exist. Returns them, the outermost first. */
function createDirectories(paths: readonly string[]): string[] {
  const created: string[] = [];
  const create = (path: string): void => {
    if (existsSync(path)) return;
    create(dirname(path));
    mkdirSync(path);
    created.push(path);
  };
  for (const path of paths) create(path);
  return created;
}

/** @throws {BackupRefusedError} when the file is not the one that the manifest lists */
async function copyToStaging(from: string, { part, entry, stagingPath }: StagedPart): Promise<void> {
  const source = join(from, part.name);
  const digest = await copyWithDigest(source, stagingPath, part.mode).catch((error: unknown) => {
    if (error instanceof Error && 'path' in error && error.path === source) return null;
    throw error;
  });
  if (digest === null) throw new BackupRefusedError(from, [`${part.name} is missing or cannot be read`]);
  if (digest.bytes !== entry.bytes) {
    throw new BackupRefusedError(from, [
      `${part.name} has ${digest.bytes} bytes where the manifest says ${entry.bytes}: it was cut off or changed`,
    ]);
  }
  if (digest.sha256 !== entry.sha256) {
    throw new BackupRefusedError(from, [`${part.name} was changed: its SHA-256 is not the one in the manifest`]);
  }
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // Another process put a file there, which stays.
  }
}

import { existsSync } from 'node:fs';
import { version } from '../config/version.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { makeSealedDirectory, type DirectoryWriter } from '../files/sealed-directory.js';
import type { BackupPart } from './backup-part.js';
import type { Manifest, PartEntry } from './manifest.js';

export interface BackupOptions {
  /** The directory to make. It must not exist: a backup never replaces another. */
  readonly out: string;
  /** The parts in the order in which they are copied. A part that the installation does not have is left out. */
  readonly parts: readonly BackupPart[];
  readonly clock?: () => Date;
  /** Called now and then with the number of verified events. */
  readonly onVerified?: (events: number) => void;
}

/** A backup holds names of people: only its owner may read it. */
const OWNER_ONLY = { directoryMode: 0o700, fileMode: 0o600 } as const;

/**
 * Copies an installation into a new directory and verifies the copies.
 * @throws {ExpectedError} when the directory exists or cannot be written, or when a copy has problems
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest> {
  const { out, parts, clock = () => new Date(), onVerified = () => {} } = options;
  return makeSealedDirectory(out, { what: 'a backup', allowsEmptyDirectory: false, ...OWNER_ONLY }, (writer) =>
    writeBackup(writer, parts, clock().toISOString(), onVerified),
  );
}

async function writeBackup(
  { pathOf, entryOf }: DirectoryWriter,
  parts: readonly BackupPart[],
  madeAt: string,
  onVerified: (events: number) => void,
): Promise<Manifest> {
  const existing = parts.filter(({ path }) => existsSync(path));
  // All parts are copied before the first is verified: verification takes long, and the copies belong to one moment.
  for (const part of existing) copyPart(part, pathOf(part.name));
  const files: PartEntry[] = [];
  let log: Manifest['log'] = { position: 0, recordedAt: null, lastLeafHash: null };
  for (const { name, path, verify } of existing) {
    const found = await verify(pathOf(name), onVerified);
    if (found.problems.length > 0) throw unsound(path, found.problems);
    if (found.log) {
      const { position, recordedAt, lastLeafHash } = found.log;
      log = { position, recordedAt, lastLeafHash };
    }
    files.push(await entryOf(name));
  }
  return { format: 'peildatum-backup', formatVersion: 1, program: version, madeAt, log, files };
}

function copyPart({ path, copy }: BackupPart, to: string): void {
  try {
    copy(to);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(code)) throw error;
    throw unsound(path, ['it is damaged: not all of it can be read']);
  }
}

const unsound = (path: string, problems: readonly string[]): ExpectedError =>
  new ExpectedError(
    `'${path}' is not sound, so no backup was made: it would have the same problems. Keep the older backups.\n` +
      problems.map((each) => `- ${each}.`).join('\n'),
  );

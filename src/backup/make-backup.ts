import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { temporaryPath, syncPath, toWriteError } from '../files/durable-file.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { version } from '../config/version.js';
import { digestOf } from '../files/file-digest.js';
import { MANIFEST, type Manifest, type PartEntry } from './manifest.js';
import type { Part } from './backup-part.js';

export interface BackupOptions {
  /** The directory to make. It must not be there yet: a backup never takes another one's place. */
  readonly out: string;
  /** In the order in which they are copied. What the installation has not is left out. */
  readonly parts: readonly Part[];
  readonly clock?: () => Date;
  /** Called now and then with the number of events that were verified. */
  readonly onVerified?: (events: number) => void;
}

/**
 * Copies an installation into a directory and verifies the copies. The directory has its name when it is whole and on the
 * disk; what a killed process leaves has another name, and no manifest.
 * @throws {ExpectedError} when the directory is there already or cannot be made, or when the copies are not sound.
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest> {
  const { parts, clock = () => new Date(), onVerified = () => {} } = options;
  const out = resolve(options.out);
  if (existsSync(out)) throw new ExpectedError(`'${out}' is there already; a backup takes nobody's place.`);
  const draft = temporaryPath(out);
  try {
    // There will be names of people in it.
    mkdirSync(draft, { mode: 0o700 });
    const manifest = await fill(draft, parts, clock().toISOString(), onVerified);
    renameSync(draft, out);
    syncPath(dirname(out));
    return manifest;
  } catch (error) {
    throw toWriteError(out, error);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function fill(draft: string, parts: readonly Part[], madeAt: string, onVerified: (events: number) => void) {
  const present = parts.filter(({ path }) => existsSync(path));
  for (const part of present) copyInto(draft, part);
  const files: PartEntry[] = [];
  let log: Manifest['log'] = { position: 0, recordedAt: null, lastLeafHash: null };
  for (const { name, path, verify } of present) {
    const found = await verify(join(draft, name), onVerified);
    if (found.problems.length > 0) throw unsound(path, found.problems);
    if (found.log) {
      const { position, recordedAt, lastLeafHash } = found.log;
      log = { position, recordedAt, lastLeafHash };
    }
    files.push({ name, ...(await digestOf(join(draft, name))) });
    syncPath(dirname(join(draft, name)));
  }
  const manifest: Manifest = { format: 'peildatum-backup', formatVersion: 1, program: version, madeAt, log, files };
  writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  syncPath(draft);
  return manifest;
}

function copyInto(draft: string, { name, path, copy }: Part): void {
  const to = join(draft, name);
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
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
    `'${path}' is not sound, so no backup was made: what is wrong would be in it too. Keep the older backups.\n` +
      problems.map((each) => `- ${each}.`).join('\n'),
  );

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { acceptRestoredLog } from '../../../src/proofs/checkpoints/accept-restored-log.js';
import { checkpointKeyFilesOf } from '../../../src/proofs/checkpoints/checkpoint-keys.js';
import { openCheckpointFiles } from '../../../src/proofs/checkpoints/checkpoint-files.js';
import {
  newCheckpointSigner,
  type CheckpointSignerOptions,
} from '../../../src/proofs/checkpoints/checkpoint-signer.js';
import type { EventStore } from '../../../src/event-store/port.js';
import { openSqliteEventStore } from '../../../src/event-store/sqlite/index.js';
import { namedZeeland } from '../../support/named-zeeland.js';

/** A log in a directory of its own, to be signed, copied and put back. */
export interface LogToSign {
  readonly directory: string;
  readonly log: EventStore;
  append(count: number): Promise<void>;
  /** A signer over it, as another server has one. */
  signer(options?: Partial<CheckpointSignerOptions>): ReturnType<typeof newCheckpointSigner>;
  acceptRestoredLog(reason: string): ReturnType<typeof acceptRestoredLog>;
  /** Closes the log, lets something be done to its file, and opens it again. */
  meanwhile(work: (file: string) => void): Promise<void>;
  /** The log's file as it is now, for later. */
  copy(name: string): Promise<string>;
  close(): Promise<void>;
}

export const ORIGIN = 'signed.example/log';

export const keyFilesIn = (directory: string) =>
  checkpointKeyFilesOf({
    dataDir: directory,
    logOrigin: ORIGIN,
    checkpointKey: join(directory, 'keys', 'checkpoint.key'),
  });

export function openLogToSign(parent: string): LogToSign {
  const directory = mkdtempSync(join(parent, 'signed-'));
  const file = join(directory, 'events.db');
  let log = openSqliteEventStore({ file });
  let appended = 0;
  const outside = openCheckpointFiles(directory);
  const keys = keyFilesIn(directory);

  const meanwhile = async (work: (file: string) => void): Promise<void> => {
    await log.close();
    work(file);
    log = openSqliteEventStore({ file });
  };
  return {
    directory,
    get log() {
      return log;
    },
    async append(count) {
      const events = Array.from({ length: count }, () => namedZeeland({ name: `Zeeland ${(appended += 1)}` }));
      const { kind } = await log.append({ events });
      if (kind !== 'APPENDED') throw new Error(`The log answers ${kind}.`);
    },
    signer: (options = {}) =>
      newCheckpointSigner({ log, keyFiles: keys, checkpointFiles: outside, catchUpTimeoutMs: 0, ...options }),
    acceptRestoredLog: (reason) => acceptRestoredLog({ log, keyFiles: keys, checkpointFiles: outside, reason }),
    meanwhile,
    async copy(name) {
      const to = join(directory, name);
      await meanwhile(() => copyFileSync(file, to));
      return to;
    },
    async close() {
      await log.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Puts a copy in the place of a log that nobody has open. */
export function putBack(copy: string, file: string): void {
  for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true });
  copyFileSync(copy, file);
}

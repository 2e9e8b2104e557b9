import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { StoreUnusableError } from '../errors.js';
import { openLogFile } from '../sqlite/log-file.js';
import { NONE } from './connection.js';

/** The last applied commit. */
export interface LastCommit {
  readonly revision: number;
  readonly id: string | null;
}

export interface CommitEntry {
  readonly revision: number;
  readonly id: string;
  /** Its place in the order of all of the server's streams; null where the server does not tell. */
  readonly native: string | null;
  readonly after: number;
  readonly count: number;
}

/** The index of a log: its events in the tables of the SQLite engine, and the commit of each event. */
export interface IndexFile {
  readonly writer: Database.Database;
  readonly reader: Database.Database;
  last(): LastCommit;
  /** Records that a commit was applied. */
  recordCommit(commit: CommitEntry): void;
  /** The hashes of the events after a position, over which the hash of a commit is computed. */
  hashesAfter(position: number): Iterable<Buffer>;
  /** Whether the events and the commits in it agree. */
  isConsistent(): boolean;
  close(): void;
  /** Closes and removes it. It is built again from the log. */
  discard(): void;
}

const ddl = `
  CREATE TABLE IF NOT EXISTS native_commit (
    revision INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    native_position TEXT,
    first_position INTEGER NOT NULL,
    last_position INTEGER NOT NULL
  ) STRICT`;

/**
 * Opens the index, or creates it. Without a file it lasts as long as the store is open. @throws {StoreUnusableError}
 */
export function openIndex(file: string | null): IndexFile {
  const directory = file === null ? mkdtempSync(join(tmpdir(), 'peildatum-index-')) : null;
  const path = file === null ? join(directory ?? '', 'index.db') : resolve(file);
  const { writer, reader } = openIndexed(path);
  // What a crash loses of the index is read again from the log.
  writer.pragma('synchronous = NORMAL');

  const last = writer.prepare<[], LastCommit>('SELECT revision, id FROM native_commit ORDER BY revision DESC LIMIT 1');
  const head = writer.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck();
  const insert = writer.prepare(`
    INSERT INTO native_commit (revision, id, native_position, first_position, last_position)
    VALUES (:revision, :id, :native, :after + 1, :after + :count)`);
  const covered = writer.prepare<[], number>('SELECT ifnull(max(last_position), 0) FROM native_commit').pluck();
  const hashes = writer
    .prepare<[number], Buffer>('SELECT hash FROM event WHERE position > ? ORDER BY position')
    .pluck();

  function close(): void {
    reader.close();
    writer.close();
    if (directory !== null) rmSync(directory, { recursive: true, force: true });
  }

  return {
    writer,
    reader,
    last: () => last.get() ?? { revision: NONE, id: null },
    recordCommit: (commit) => void insert.run(commit),
    hashesAfter: (position) => hashes.iterate(position),
    isConsistent: () => covered.get() === head.get(),
    close,
    discard() {
      close();
      if (directory === null) removeIndex(path);
    },
  };
}

/** A damaged index can be removed without loss. A file that is something else is left as it is. */
function openIndexed(path: string): ReturnType<typeof openLogFile> {
  try {
    const opened = openLogFile(path);
    opened.writer.exec(ddl);
    return opened;
  } catch (error) {
    if (!(error instanceof StoreUnusableError)) throw error;
    throw new StoreUnusableError(
      error.code,
      `The index of the log cannot be kept: ${error.message} It holds nothing of its own: it may be removed at any time.`,
      { cause: error },
    );
  }
}

function removeIndex(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

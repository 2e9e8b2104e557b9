import type { LogConfig, LogEvent } from 'kysely';
import { dialectOf, type Dialect } from './dialect.js';
import { connectToServer } from './postgres/connect.js';
import { isPrepared, prepareRegistry } from './registry.js';
import { connectToFile } from './sqlite/connect.js';
import type { RegistryConnections, RegistryDatabase } from './versions.js';

/**
 * The read models' database. Writing and reading have connections of their own: a query never waits for the projector, and sees
 * what was committed.
 */
export interface ReadDatabaseHandle {
  readonly dialect: Dialect;
  readonly reading: RegistryDatabase;
  readonly writing: RegistryDatabase;
  close(): Promise<void>;
}

/** The engine and the place of the read models' database. */
export type ReadDatabaseUrl =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

export interface ReadDatabaseOptions {
  /** Called for each SQL statement of the connections for reading, so that tests can count and explain them. */
  readonly onQuery?: (sql: string, parameters: readonly unknown[]) => void;
}

const connect = (url: ReadDatabaseUrl, log: LogConfig): RegistryConnections =>
  url.engine === 'sqlite' ? connectToFile(url.path, log) : connectToServer(url.url, log);

/** @throws {ReadDatabaseUnusableError} when what is there is not ours, is damaged, or cannot be reached or written. */
export async function openReadDatabase(
  url: ReadDatabaseUrl,
  { onQuery }: ReadDatabaseOptions = {},
): Promise<ReadDatabaseHandle> {
  const log: LogConfig = onQuery ? (event: LogEvent) => onQuery(event.query.sql, event.query.parameters) : [];
  const { reading, writing, retryOpening, runExclusive, checkWritable, close: closeRest } = connect(url, log);
  const close = async (): Promise<void> => {
    await reading.destroy();
    await writing.destroy();
    await closeRest();
  };
  try {
    await retryOpening(async () => {
      if (!(await isPrepared(writing))) await runExclusive(prepareRegistry);
      await checkWritable(writing);
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { dialect: dialectOf(writing), reading, writing, close };
}

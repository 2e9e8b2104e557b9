import type { ReadTables } from '../../../projections/read-database.js';
import type { Writer } from '../../../projections/read-model.js';
import type {
  ReadDatabaseHandle,
  ReadDatabaseOptions,
  ReadDatabaseUrl,
} from '../../../src/read-models/database/open.js';
import { openReadDatabase } from '../../../src/read-models/database/open.js';
import { tablesOf } from '../../../src/read-models/database/versions.js';
import { newWriter } from '../../../src/read-models/database/writer.js';

/** A place where nothing is yet. */
export interface Place {
  readonly url: ReadDatabaseUrl;
  drop(): Promise<unknown>;
}

/** A new place, and as many handles on it as processes would have. */
export interface DatabaseUnderTest {
  readonly url: ReadDatabaseUrl;
  open(options?: ReadDatabaseOptions): Promise<ReadDatabaseHandle>;
}

/** Does the work in a new place, of which nothing is left afterwards. */
export async function withDatabase<T>(newPlace: () => Place, work: (database: DatabaseUnderTest) => Promise<T>) {
  const { url, drop } = newPlace();
  const opened: ReadDatabaseHandle[] = [];
  try {
    return await work({
      url,
      async open(options) {
        const handle = await openReadDatabase(url, options);
        opened.push(handle);
        return handle;
      },
    });
  } finally {
    await Promise.all(opened.map((handle) => handle.close()));
    await drop();
  }
}

/** One transaction that writes to a version. */
export const write = (handle: ReadDatabaseHandle, work: (writer: Writer<ReadTables>) => Promise<void>, version = 1) =>
  handle.writing.transaction().execute((transaction) => work(newWriter(transaction, version)));

/** What stands in a table, as any reader sees it. Kysely cannot tell the rows of a type parameter: they are the table's. */
export const rowsIn = <T extends keyof ReadTables>(
  { reading }: ReadDatabaseHandle,
  table: T,
  version = 1,
): Promise<ReadTables[T][]> =>
  tablesOf(reading, version).selectFrom(table).selectAll().execute() as unknown as Promise<ReadTables[T][]>;

import { Kysely, sql, type LogConfig } from 'kysely';
import { withRetry } from '../../../concurrency/retry.js';
import { addressOf, tenants, type Address } from '../../../postgres/address.js';
import { unsupportedServerReason, type ServerInfo } from '../../../postgres/server-info.js';
import { newStartupRetryPolicy } from '../../../postgres/server-errors.js';
import { ReadDatabaseUnusableError } from '../errors.js';
import type { Registry, RegistryConnections, RegistryDatabase } from '../versions.js';
import { dialectOver } from './dialect.js';
import { RETRY_TIMEOUT_MS, readingPool, writingPool } from './pools.js';

/** The read models in a schema of a PostgreSQL database, which nothing else is in. @throws {ReadDatabaseUnusableError} */
export function connectToServer(url: string, log: LogConfig): RegistryConnections {
  const address = addressOf(url, tenants.readModels);
  if (typeof address === 'string') throw new ReadDatabaseUnusableError('UNSUPPORTED', address);
  const writing = new Kysely<Registry>({ dialect: dialectOver(writingPool(address)) });
  const reading = new Kysely<Registry>({ dialect: dialectOver(readingPool(address)), log });
  const isWaitedFor = newStartupRetryPolicy();
  return {
    reading,
    writing,
    retryOpening: (attempt) =>
      withRetry(attempt, {
        timeoutMs: RETRY_TIMEOUT_MS,
        // The pools have put it into words already.
        isRetryable: (error) => isWaitedFor(error instanceof ReadDatabaseUnusableError ? error.cause : error),
      }),
    close: async () => {},
    runExclusive: (work) =>
      writing.transaction().execute(async (transaction) => {
        await prepareSchema(transaction, address);
        await work(transaction);
      }),
    checkWritable: (db) => checkRights(db, address),
  };
}

interface State {
  readonly exists: boolean;
  readonly relations: number;
  readonly isOurs: boolean;
}

/** @throws {ReadDatabaseUnusableError} UNSUPPORTED or FOREIGN */
async function prepareSchema(db: RegistryDatabase, { schema, place }: Address): Promise<void> {
  const reason = await unsupportedServerReason(async (text) => (await sql.raw<ServerInfo>(text).execute(db)).rows);
  if (reason !== null) throw new ReadDatabaseUnusableError('UNSUPPORTED', `The read database at ${place} ${reason}`);
  // Only one process at a time prepares the schema; the next ones find it prepared.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`peildatum read models ${schema}`}, 0))`.execute(db);
  const { rows } = await sql<State>`
    select to_regnamespace(${schema}) is not null as "exists",
      to_regclass(${`${schema}.read_model_version`}) is not null as "isOurs",
      (select count(*) from pg_class where relnamespace = to_regnamespace(${schema})) as relations`.execute(db);
  const { exists = false, isOurs = false, relations = 0 } = rows[0] ?? {};
  if (!isOurs && relations > 0) {
    throw new ReadDatabaseUnusableError(
      'FOREIGN',
      `The read database at ${place} holds tables, but not those of read models; they were left as they are. ` +
        `Name another schema for the read models (READ_DATABASE_URL=postgres://…?schema=name).`,
    );
  }
  // A user without the right to create schemas can use one that an administrator has created.
  if (!exists) await sql`create schema ${sql.id(schema)}`.execute(db);
}

/** @throws {ReadDatabaseUnusableError} NOT_WRITABLE */
async function checkRights(db: RegistryDatabase, { place }: Address): Promise<void> {
  const { rows } = await sql<{ writable: boolean; follows: boolean }>`
    select has_schema_privilege(current_schema(), 'CREATE')
        and (select pg_has_role(relowner, 'USAGE') from pg_class where oid = to_regclass('read_model_version')) as writable,
      pg_is_in_recovery() as follows`.execute(db);
  const { writable = false, follows = false } = rows[0] ?? {};
  const newError = (reason: string) =>
    new ReadDatabaseUnusableError('NOT_WRITABLE', `The read database at ${place} ${reason}`);
  if (follows) {
    throw newError('is on a server that follows another. Name the server that takes writes in READ_DATABASE_URL.');
  }
  if (writable) return;
  throw newError(
    'may be read, but not written by this user, who has to own its tables (docs/postgresql.md says how to arrange that).',
  );
}

import type { ClientBase, Pool } from 'pg';
import { ExpectedError } from '../../../../events/errors/expected-error.js';
import { tenants, type Address } from '../../../postgres/address.js';
import { migrate, findMissingObjects, createdObjectNames, type MigrationSet } from '../../../postgres/migrations.js';
import { unsupportedServerReason, type ServerInfo } from '../../../postgres/server-info.js';
import { migrations } from './schema.js';

const migrationSet: MigrationSet = {
  tenant: tenants.vault,
  name: 'vault',
  migrations,
  newError: (_code, message) => new ExpectedError(message),
};

const expectedNames = createdObjectNames(migrations);

/** Migrates the vault, and checks that it is complete and writable. @throws {ExpectedError} */
export async function prepare(pool: Pool, address: Address): Promise<void> {
  const client = await pool.connect();
  let prepared = false;
  try {
    const reason = await unsupportedServerReason(async (text) => (await client.query<ServerInfo>(text)).rows);
    if (reason !== null) throw new ExpectedError(`The vault at ${address.place} ${reason}`);
    await migrate(client, address, migrationSet);
    await checkTables(client, address);
    prepared = true;
  } finally {
    client.release(!prepared);
  }
}

interface Health {
  readonly writable: boolean;
  readonly follows: boolean;
}

async function checkTables(client: ClientBase, address: Address): Promise<void> {
  const newError = (reason: string): ExpectedError => new ExpectedError(`The vault at ${address.place} ${reason}`);
  const missing = await findMissingObjects(client, address, expectedNames);
  if (missing.length > 0) throw newError(`is damaged: it lacks ${missing.join(', ')}. Restore a backup.`);
  const { rows } = await client.query<Health>(
    `SELECT has_table_privilege('actor', 'SELECT') AND has_table_privilege('subject', 'SELECT')
         AND has_table_privilege('actor', 'INSERT') AND has_table_privilege('actor', 'UPDATE')
         AND has_table_privilege('subject', 'INSERT') AND has_table_privilege('subject', 'DELETE') AS writable,
       pg_is_in_recovery() AS follows`,
  );
  const { writable = false, follows = false } = rows[0] ?? {};
  if (follows) throw newError('is on a server that follows another. Name the server that takes writes in VAULT_URL.');
  if (writable) return;
  throw newError('may not be read and written by this user. Grant what is missing (docs/postgresql.md lists it).');
}

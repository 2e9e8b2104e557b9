import type { ClientBase } from 'pg';
import { tenants, type Address } from '../../postgres/address.js';
import { migrate as migrateTables, readSchemaVersion, type MigrationSet } from '../../postgres/migrations.js';
import { StoreUnusableError } from '../errors.js';
import { migrations as all } from './schema.js';

const migrationSet = (migrations: readonly string[]): MigrationSet => ({
  tenant: tenants.log,
  name: 'log',
  migrations,
  newError: (code, message) => new StoreUnusableError(code, message),
});

/** @throws {StoreUnusableError} ABSENT */
export async function checkExists(client: ClientBase, address: Address): Promise<void> {
  const { version } = await readSchemaVersion(client, address, migrationSet(all));
  if (version > 0) return;
  throw new StoreUnusableError('ABSENT', `There is no log at ${address.place}. EVENT_STORE_URL says where it is.`);
}

/** Brings the log's tables to the version of this release. @throws {StoreUnusableError} FOREIGN or TOO_NEW */
export const migrate = (client: ClientBase, address: Address, migrations = all): Promise<void> =>
  migrateTables(client, address, migrationSet(migrations));

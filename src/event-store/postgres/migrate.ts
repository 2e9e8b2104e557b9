import type { ClientBase } from 'pg';
import { tenants, type Address } from '../../postgres/address.js';
import { migrate as migrateTables, versionIn, type Lineage } from '../../postgres/migrations.js';
import { StoreUnusableError } from '../errors.js';
import { migrations as all } from './schema.js';

const lineage = (migrations: readonly string[]): Lineage => ({
  tenant: tenants.log,
  name: 'log',
  migrations,
  refuse: (code, message) => new StoreUnusableError(code, message),
});

/** @throws {StoreUnusableError} ABSENT */
export async function checkExists(client: ClientBase, address: Address): Promise<void> {
  const { version } = await versionIn(client, address, lineage(all));
  if (version > 0) return;
  throw new StoreUnusableError('ABSENT', `There is no log at ${address.place}. EVENT_STORE_URL says where it is.`);
}

/** Brings the log's tables to the version of this release. @throws {StoreUnusableError} FOREIGN or TOO_NEW */
export const migrate = (client: ClientBase, address: Address, migrations = all): Promise<void> =>
  migrateTables(client, address, lineage(migrations));

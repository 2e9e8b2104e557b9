import type { ClientBase } from 'pg';
import type { Address } from '../../postgres/address.js';
import { findMissingObjects, createdObjectNames } from '../../postgres/migrations.js';
import { unsupportedServerReason, type ServerInfo } from '../../postgres/server-info.js';
import { BLOCK_LEAF_COUNT, BLOCK_LEVEL } from '../../proofs/merkle/block.js';
import { StoreUnusableError } from '../errors.js';
import { migrations } from './schema.js';

/** The tables, indexes and triggers that the schema of a log must have. */
const schemaObjects = createdObjectNames(migrations);

/** Checks that the server can hold a log. @throws {StoreUnusableError} UNSUPPORTED */
export async function checkServer(client: ClientBase, { place }: Address): Promise<void> {
  const reason = await unsupportedServerReason(async (text) => (await client.query<ServerInfo>(text)).rows);
  if (reason !== null) throw new StoreUnusableError('UNSUPPORTED', `${place} ${reason}`);
}

interface Health {
  readonly ends: boolean;
  readonly writable: boolean;
  readonly follows: boolean;
}

/**
 * Looks for cheap signs of damage, and for missing rights that would fail the first append. @throws
 * {StoreUnusableError}
 */
export async function checkHealth(client: ClientBase, address: Address): Promise<void> {
  const { place } = address;
  const missing = await findMissingObjects(client, address, schemaObjects);
  if (missing.length > 0) {
    throw new StoreUnusableError('CORRUPT', `${place} is damaged: it lacks ${missing.join(', ')}. Restore a backup.`);
  }
  const { rows } = await client.query<Health>(
    `SELECT (SELECT position FROM log_end) = coalesce((SELECT max(position) FROM event), 0)
         AND coalesce((SELECT max(idx) + 1 FROM subtree WHERE level = ${BLOCK_LEVEL}), 0) * ${BLOCK_LEAF_COUNT}
           <= coalesce((SELECT max(position) FROM event), 0) AS ends,
       has_table_privilege('event', 'INSERT') AND has_table_privilege('request', 'INSERT')
         AND has_table_privilege('subtree', 'INSERT') AND has_table_privilege('checkpoint', 'INSERT')
         AND has_table_privilege('stream', 'INSERT') AND has_table_privilege('stream', 'UPDATE')
         AND has_table_privilege('log_end', 'UPDATE') AS writable,
       pg_is_in_recovery() AS follows`,
  );
  const { ends = false, writable = false, follows = false } = rows[0] ?? {};
  if (!ends)
    throw new StoreUnusableError('CORRUPT', `${place} is damaged: its last events are gone. Restore a backup.`);
  if (follows) {
    throw new StoreUnusableError(
      'NOT_WRITABLE',
      `${place} is on a server that follows another. Name the server that takes writes in EVENT_STORE_URL.`,
    );
  }
  if (!writable) {
    throw new StoreUnusableError(
      'NOT_WRITABLE',
      `${place} may be read, but not written by this user. Grant what is missing (docs/postgresql.md lists it).`,
    );
  }
}

import type { ClientBase } from 'pg';
import type { Address } from '../../postgres/address.js';
import { unsupported, type Server } from '../../postgres/server.js';
import { BLOCK, BLOCK_LEVEL } from '../../integrity/merkle/block.js';
import { StoreUnusable } from '../errors.js';

import { schemaObjects } from './schema.js';

/** What must be so before there is a log. @throws {StoreUnusable} UNSUPPORTED */
export async function checkServer(client: ClientBase, { place }: Address): Promise<void> {
  const reason = await unsupported(async (text) => (await client.query<Server>(text)).rows);
  if (reason !== null) throw new StoreUnusable('UNSUPPORTED', `${place} ${reason}`);
}

interface Health {
  readonly ends: boolean;
  readonly writable: boolean;
  readonly follows: boolean;
}

/** Cheap signs of damage, and of what would keep the first append from going through. @throws {StoreUnusable} */
export async function checkHealth(client: ClientBase, { schema, place }: Address): Promise<void> {
  const { rows: present } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace($1)
     UNION SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
       WHERE relnamespace = to_regnamespace($1) AND tgenabled <> 'D'`,
    [schema],
  );
  const names = new Set(present.map(({ name }) => name));
  const missing = schemaObjects.filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new StoreUnusable('CORRUPT', `${place} is damaged: it lacks ${missing.join(', ')}. Restore a backup.`);
  }
  const { rows } = await client.query<Health>(
    `SELECT (SELECT position FROM log_end) = coalesce((SELECT max(position) FROM event), 0)
         AND coalesce((SELECT max(idx) + 1 FROM subtree WHERE level = ${BLOCK_LEVEL}), 0) * ${BLOCK}
           <= coalesce((SELECT max(position) FROM event), 0) AS ends,
       has_table_privilege('event', 'INSERT') AND has_table_privilege('request', 'INSERT')
         AND has_table_privilege('subtree', 'INSERT') AND has_table_privilege('checkpoint', 'INSERT')
         AND has_table_privilege('stream', 'INSERT') AND has_table_privilege('stream', 'UPDATE')
         AND has_table_privilege('log_end', 'UPDATE') AS writable,
       pg_is_in_recovery() AS follows`,
  );
  const { ends = false, writable = false, follows = false } = rows[0] ?? {};
  if (!ends) throw new StoreUnusable('CORRUPT', `${place} is damaged: its last events are gone. Restore a backup.`);
  if (follows) {
    throw new StoreUnusable(
      'NOT_WRITABLE',
      `${place} is on a server that follows another. Name the server that takes writes in EVENT_STORE_URL.`,
    );
  }
  if (!writable) {
    throw new StoreUnusable(
      'NOT_WRITABLE',
      `${place} may be read, but not written by this user. Grant what is missing (docs/postgresql.md lists it).`,
    );
  }
}

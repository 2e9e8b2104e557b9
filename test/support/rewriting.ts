import Database from 'better-sqlite3';
import type { Client } from 'pg';
import type { Json } from '../../events/envelope.js';
import { leafHash } from '../../src/proofs/merkle/leaf-hash.js';
import { naiveRoot } from './naive-tree.js';

/** A row of the table of events, as any other program sees it. */
export interface Row {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly schema_version: number;
  readonly recorded_at: string;
  readonly recorded_at_stated: boolean | number;
  readonly appended_at: string;
  readonly actor: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly idempotency_key: string | null;
  readonly request_digest: string | null;
  readonly data: string;
  readonly hash: Buffer;
}

/** What somebody makes anew who rewrites a log: the rows alone, also their hashes, or also what is kept of the tree. */
export const thoroughness = ['ROWS', 'HASHES', 'TREE'] as const;
export type Thoroughness = (typeof thoroughness)[number];

const columns = [
  'position',
  'id',
  'stream',
  'revision',
  'type',
  'schema_version',
  'recorded_at',
  'recorded_at_stated',
  'appended_at',
  'actor',
  'correlation_id',
  'causation_id',
  'idempotency_key',
  'request_digest',
  'data',
  'hash',
] as const;

const valuesOf = (row: Row): unknown[] => columns.map((column) => row[column]);

const rehashed = (row: Row): Row => ({
  ...row,
  hash: leafHash({
    id: row.id,
    position: row.position,
    stream: row.stream,
    revision: row.revision,
    type: row.type,
    schemaVersion: row.schema_version,
    recordedAt: row.recorded_at,
    recordedAtStated: Boolean(row.recorded_at_stated),
    appendedAt: row.appended_at,
    actor: row.actor,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    idempotencyKey: row.idempotency_key,
    requestDigest: row.request_digest,
    data: JSON.parse(row.data) as Json,
  }),
});

/** The hashes of complete subtrees of 256 leaves and more. */
function subtreesOf(rows: readonly Row[]): [level: number, idx: number, hash: Buffer][] {
  const leaves = rows.map(({ hash }) => hash);
  const subtrees: [number, number, Buffer][] = [];
  for (let level = 8; 2 ** level <= rows.length; level += 1) {
    for (let index = 0; (index + 1) * 2 ** level <= rows.length; index += 1) {
      subtrees.push([level, index, naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))]);
    }
  }
  return subtrees;
}

const LAST_REVISIONS = 'DELETE FROM stream; INSERT INTO stream SELECT stream, max(revision) FROM event GROUP BY stream';

/** Replaces the events of a log in a file, as somebody could who has the file. */
export function rewrite(file: string, change: (rows: Row[]) => Row[], how: Thoroughness): void {
  const db = new Database(file);
  const triggers = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  db.pragma('foreign_keys = OFF');
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  const changed = change(db.prepare<[], Row>('SELECT * FROM event ORDER BY position').all());
  const rows = how === 'ROWS' ? changed : changed.map(rehashed);
  db.transaction(() => {
    db.exec('DELETE FROM event');
    const insert = db.prepare(
      `INSERT INTO event (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows) insert.run(...valuesOf(row));
    db.exec(LAST_REVISIONS);
    if (how !== 'TREE') return;
    db.exec('DELETE FROM subtree');
    const keep = db.prepare('INSERT INTO subtree (level, idx, hash) VALUES (?, ?, ?)');
    for (const subtree of subtreesOf(rows)) keep.run(...subtree);
  })();
  for (const { sql } of triggers) db.exec(sql);
  db.close();
}

/** The same for a log on PostgreSQL, as its administrator could. */
export async function rewriteOn(
  client: Client,
  schema: string,
  change: (rows: Row[]) => Row[],
  how: Thoroughness,
): Promise<void> {
  await client.query(`SET search_path TO ${schema}`);
  const guarded = [
    ['event', 'event_is_never_changed'],
    ['subtree', 'subtree_is_never_changed'],
  ] as const;
  for (const [table, trigger] of guarded) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
  const found = await client.query<Omit<Row, 'position'> & { readonly position: string }>(
    'SELECT * FROM event ORDER BY position',
  );
  const changed = change(found.rows.map((row) => ({ ...row, position: Number(row.position) })));
  const rows = how === 'ROWS' ? changed : changed.map(rehashed);
  await client.query('DELETE FROM event');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  const insert = `INSERT INTO event (${columns.join(', ')}) VALUES (${places})`;
  for (const row of rows) await client.query({ name: 'insert', text: insert, values: valuesOf(row) });
  await client.query(`${LAST_REVISIONS}; UPDATE log_end SET position = (SELECT max(position) FROM event)`);
  if (how === 'TREE') {
    await client.query('DELETE FROM subtree');
    for (const subtree of subtreesOf(rows)) await client.query('INSERT INTO subtree VALUES ($1, $2, $3)', subtree);
  }
  for (const [table, trigger] of guarded) await client.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
}

import type { PresentEvent } from '../history-validation.js';
import { runQuery, type Queryable } from '../../postgres/query.js';

/** The streams, event ids and idempotency keys of appends or of events of a history. */
export interface ContextKeys {
  readonly streams: Iterable<string>;
  readonly ids: Iterable<string>;
  readonly keys: Iterable<string>;
}

/** What the log holds of them. It cannot change while the transaction holds the lock. */
export interface AppendContext {
  readonly revisions: Map<string, number>;
  readonly events: Map<string, PresentEvent>;
  readonly requests: Map<string, { readonly digest: string; readonly firstPosition: number }>;
}

type Row =
  | { readonly kind: 'STREAM'; readonly key: string; readonly revision: number }
  | ({ readonly kind: 'EVENT'; readonly key: string; readonly text: string } & PresentEvent)
  | { readonly kind: 'REQUEST'; readonly key: string; readonly text: string; readonly position: number };

/** One query for all keys: the round trip takes as long for one append as for hundreds. */
const contextQuery = {
  name: 'look up',
  text: `
    SELECT 'STREAM' AS kind, name AS key, NULL::bigint AS position, revision, NULL AS text, NULL::bytea AS hash
    FROM stream WHERE name = ANY ($1::text[])
    UNION ALL
    SELECT 'EVENT', id::text, position, revision, appended_at, hash FROM event WHERE id = ANY ($2::uuid[])
    UNION ALL
    SELECT 'REQUEST', idempotency_key, first_position, NULL, digest, NULL
    FROM request WHERE idempotency_key = ANY ($3::text[])`,
};

export async function readAppendContext(db: Queryable, { streams, ids, keys }: ContextKeys): Promise<AppendContext> {
  const context: AppendContext = { revisions: new Map(), events: new Map(), requests: new Map() };
  for (const row of await runQuery<Row>(db, contextQuery, [[...new Set(streams)], [...ids], [...keys]])) {
    if (row.kind === 'STREAM') context.revisions.set(row.key, row.revision);
    else if (row.kind === 'EVENT') context.events.set(row.key, { ...row, appendedAt: row.text });
    else context.requests.set(row.key, { digest: row.text, firstPosition: row.position });
  }
  return context;
}

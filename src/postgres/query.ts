import type { Pool, PoolClient } from 'pg';

/** A connection or a pool of connections. */
export type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>;

/** A statement that is planned once for each connection. Its name stands for its text on the server. */
export interface NamedQuery {
  readonly name: string;
  readonly text: string;
}

export async function runQuery<Row extends object>(
  db: Queryable,
  { name, text }: NamedQuery,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await db.query<Row>({ name, text, values: [...values] });
  return rows;
}

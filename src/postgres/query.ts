import type { Pool, PoolClient } from 'pg';

/** Who can be asked: a connection, or a pool of them. */
export type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>;

/** A question that is planned once for each connection. The name is the text: there are not many. */
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

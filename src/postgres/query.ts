import type { Pool, PoolClient } from 'pg';

/** Who can be asked: a connection, or a pool of them. */
export type Asked = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>;

/** A question that is planned once for each connection. The name is the text: there are not many. */
export interface Question {
  readonly name: string;
  readonly text: string;
}

export async function ask<Row extends object>(
  asked: Asked,
  { name, text }: Question,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await asked.query<Row>({ name, text, values: [...values] });
  return rows;
}

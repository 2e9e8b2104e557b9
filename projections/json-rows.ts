import { expressionBuilder, sql, type Expression, type RawBuilder } from 'kysely';

/**
 * The rows of a list that is given as one JSON parameter, for the FROM clause: the statement stays the same for lists of any
 * length. Each row has one column, `value`, which is a JSON list.
 */
export const jsonRows = (rows: readonly (readonly unknown[])[]): Expression<unknown> =>
  // SQLite's name for it; the dialect of PostgreSQL knows what is meant.
  expressionBuilder().fn('json_each', [sql.val(JSON.stringify(rows))]);

/** A number, by its index in the `value` of such a row. */
export const numberAt = (value: string, index: number): RawBuilder<number> =>
  sql<number>`cast(${sql.ref(value)} ->> ${sql.lit(index)} as bigint)`;

/** A text in the same way. */
export const textAt = (value: string, index: number): RawBuilder<string> =>
  sql<string>`(${sql.ref(value)} ->> ${sql.lit(index)})`;

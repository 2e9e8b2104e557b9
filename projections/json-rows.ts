import { expressionBuilder, sql, type Expression, type RawBuilder } from 'kysely';

/** A function of no database: each dialect compiles it to its own SQL. Its arguments are the list and its length. */
export const JSON_ROWS = 'json_rows';

/**
 * The rows of a list that is given as one JSON parameter, for the FROM clause: the statement stays the same for lists of any
 * length. Each row has one column, `value`, which is a JSON list. It needs an alias.
 */
export const jsonRows = (rows: readonly (readonly unknown[])[]): Expression<unknown> =>
  expressionBuilder().fn(JSON_ROWS, [sql.val(JSON.stringify(rows)), sql.val(rows.length)]);

/** A number, by its index in the `value` of such a row. */
export const numberAt = (value: string, index: number): RawBuilder<number> =>
  sql<number>`cast(${sql.ref(value)} ->> ${sql.lit(index)} as bigint)`;

/** A text in the same way. */
export const textAt = (value: string, index: number): RawBuilder<string> =>
  sql<string>`(${sql.ref(value)} ->> ${sql.lit(index)})`;

/** A column of a read model's table. */
export interface Column {
  readonly type: 'INTEGER' | 'TEXT';
  readonly nullable?: true;
}

export const integer = { type: 'INTEGER' } as const satisfies Column;
export const text = { type: 'TEXT' } as const satisfies Column;
export const optional = <C extends Column>(column: C) => ({ ...column, nullable: true }) as const;

/** The columns of a table, by name. */
export type Columns = Readonly<Record<string, Column>>;

/** What a table is besides its name and columns; it speaks of the columns by their names. */
interface Shape<ColumnName extends string> {
  /** Rows are unique by these columns and compared in their order. */
  readonly primaryKey: readonly ColumnName[];
  /** The column with the position of the event that made the row: the first of the primary key. */
  readonly madeAt: ColumnName;
  /**
   * The column with the position of the event that closed the row, FOREVER while none has. An index of its own holds the closed
   * rows alone: a query that is to use it has to say `< FOREVER`, and with the number in its text.
   */
  readonly closedAt?: ColumnName;
  readonly indexes: readonly (readonly ColumnName[])[];
}

/** A table of a read model, as data: both SQL dialects create it, fill it and compare it from this description. */
export interface TableDefinition<Name extends string = string, C extends Columns = Columns> extends Shape<string> {
  readonly name: Name;
  /** By name, in the order in which the database has them. */
  readonly columns: C;
}

/**
 * Defines a table. The type of its rows follows from the columns.
 *
 * @example
 * export const summaryTable = defineTable('summary', {
 *   columns: { position: integer, subject: integer, text },
 *   primaryKey: ['position'],
 *   madeAt: 'position',
 *   indexes: [['subject', 'position']],
 * });
 * export type SummaryRow = RowOf<typeof summaryTable>;
 */
export const defineTable = <const Name extends string, const C extends Columns>(
  name: Name,
  definition: { readonly columns: C } & Shape<NoInfer<keyof C & string>>,
): TableDefinition<Name, C> => ({ name, ...definition });

type ValueOf<C extends Column> =
  | (C['type'] extends 'INTEGER' ? number : string)
  | (C extends { readonly nullable: true } ? null : never);

/** A row of a table. */
export type RowOf<T extends TableDefinition> = { -readonly [N in keyof T['columns']]: ValueOf<T['columns'][N]> };

/** The rows of several tables, by the names of the tables: what a Kysely connection is typed by. */
export type TablesOf<T extends TableDefinition> = { [Definition in T as Definition['name']]: RowOf<Definition> };

/** In place of "until ever" in columns that hold the position at which something ended. The largest exact double. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

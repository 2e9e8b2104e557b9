/** A table of a read model, as data: both SQL dialects create it, fill it and compare it from this description. */
export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Column names; rows are unique by them and compared in their order. */
  readonly primaryKey: readonly string[];
  /** The column with the position of the event that made the row: the first of the primary key. */
  readonly madeAt: string;
  /**
   * The column with the position of the event that closed the row, FOREVER while none has. An index of its own holds the closed
   * rows alone: a question that is to use it has to say `< FOREVER`, and with the number in its text.
   */
  readonly closedAt?: string;
  readonly indexes: readonly (readonly string[])[];
}

export interface Column {
  readonly name: string;
  readonly type: 'INTEGER' | 'TEXT';
  readonly nullable?: true;
}

export const integer = (name: string): Column => ({ name, type: 'INTEGER' });
export const text = (name: string): Column => ({ name, type: 'TEXT' });
export const optional = (column: Column): Column => ({ ...column, nullable: true });

/** In place of "until ever" in columns that hold the position at which something ended. The largest exact double. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

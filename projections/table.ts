/** A table of a read model, as data: both SQL dialects create it, fill it and compare it from this description. */
export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Column names; rows are unique by them and compared in their order. */
  readonly primaryKey: readonly string[];
  /** The columns with the positions of the events that wrote the row: that made it, and that closed it. */
  readonly writtenAt: readonly string[];
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

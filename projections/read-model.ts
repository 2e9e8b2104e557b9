import type { Kysely } from 'kysely';
import type { DomainEvent } from '../events/domain-event.js';
import type { EventTypeName } from '../events/event-types.js';
import type { TableDefinition, TablesOf } from './table.js';

/**
 * The projector's transaction as one read model sees it: it writes the tables of its own and reads those that it declares, and
 * nothing else.
 */
export interface Writer<Own extends object, Read extends object = Own> {
  readonly db: Kysely<Read>;
  insert<T extends keyof Own & string>(table: T, rows: readonly Own[T][]): Promise<void>;
  /** Closes rows: sets the given columns on the row with this primary key. All closings of a call name the same columns. */
  close<T extends keyof Own & string>(table: T, closings: readonly Closing<Own[T]>[]): Promise<void>;
}

export interface Closing<Row> {
  readonly key: Partial<Row>;
  readonly set: Partial<Row>;
}

/**
 * A fold of the log into tables. It may keep what it has written in memory, because it is told when that can no longer be
 * trusted. It throws on an event that it cannot place: the projector then stops there and says so.
 */
export interface Fold<Own extends object, Read extends object = Own> {
  apply(events: readonly DomainEvent[], writer: Writer<Own, Read>): Promise<void>;
  /** The last batch was rolled back, or another process has written since: what is in memory may be wrong. */
  forget(): void;
}

/** A view that the log implies. All read models are written by one projector, in one transaction, with one projected position. */
export interface ReadModel<
  Own extends TableDefinition = TableDefinition,
  Other extends TableDefinition = TableDefinition,
> {
  readonly name: string;
  readonly tables: readonly Own[];
  /** Raised when the fold comes to derive something else from the same events: the models are then built anew. */
  readonly revision: number;
  newFold(): Fold<TablesOf<Own>, TablesOf<Own | Other>>;
}

/** What the fold of one event works with. */
export interface RowCollector<Own extends object, Read extends object = Own> {
  /** Has all that earlier batches wrote, and of this batch what the models before this one in the list wrote. */
  readonly db: Kysely<Read>;
  /** Collects rows of the batch, which go to the database together. */
  insert<T extends keyof Own & string>(table: T, ...rows: readonly Own[T][]): void;
}

/** For each type of event that a model is about: the rows that such an event adds. */
export type FoldsByType<Own extends object, Read extends object = Own> = {
  readonly [T in EventTypeName]?: (event: DomainEvent<T>, rows: RowCollector<Own, Read>) => void | Promise<void>;
};

interface Definition<Own extends TableDefinition, Other extends TableDefinition> {
  /** The tables that this model alone writes. */
  readonly tables: readonly Own[];
  /** Tables of other models that the fold reads. */
  readonly reads?: readonly Other[];
  readonly revision: number;
}

type Folding<Own extends object, Read extends object> =
  | { readonly folds: FoldsByType<Own, Read> }
  /** For a model that keeps something in memory, closes rows, or reads what it has just written. */
  | { readonly newFold: () => Fold<Own, Read> };

/**
 * Defines a read model. The list in `read-models.ts` makes it one of those that the projector fills.
 *
 * @example
 * export const reports = defineReadModel('reports', {
 *   tables: [reportTable],
 *   revision: 1,
 *   folds: {
 *     ReportPublished: ({ position, data }, rows) => rows.insert('report', { position, key: data.key, title: data.title }),
 *   },
 * });
 */
export function defineReadModel<Own extends TableDefinition, Other extends TableDefinition = never>(
  name: string,
  definition: Definition<Own, Other> & Folding<TablesOf<Own>, TablesOf<Own | Other>>,
): ReadModel<Own, Other> {
  const { tables, revision } = definition;
  const newFold = 'newFold' in definition ? definition.newFold : () => foldByType(definition.folds);
  return { name, tables, revision, newFold };
}

/** A fold without a memory: event by event, and what a batch adds to a table in one statement. */
function foldByType<Own extends object, Read extends object>(folds: FoldsByType<Own, Read>): Fold<Own, Read> {
  const foldOne = <T extends EventTypeName>(event: DomainEvent<T>, rows: RowCollector<Own, Read>) =>
    folds[event.type]?.(event, rows);
  return {
    async apply(events, writer) {
      const added = new Map<keyof Own & string, Own[keyof Own & string][]>();
      const rows: RowCollector<Own, Read> = {
        db: writer.db,
        insert(table, ...more) {
          const collected = added.get(table) ?? [];
          collected.push(...more);
          added.set(table, collected);
        },
      };
      for (const event of events) await foldOne(event, rows);
      for (const [table, collected] of added) await writer.insert(table, collected);
    },
    forget() {},
  };
}

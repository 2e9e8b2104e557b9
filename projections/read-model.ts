import type { Kysely } from 'kysely';
import type { DomainEvent } from '../events/domain-event.js';
import type { MilestoneRow } from './milestones/tables.js';
import type { PeriodPublicationRow, PeriodRow } from './periods/tables.js';
import type { PublicationFigureRow } from './publications/tables.js';
import type { ReportRow } from './reports/tables.js';
import type { ScaleVersionRow } from './scales/tables.js';
import type { StatementRow, StatusChangeRow, SubjectRow } from './statements/tables.js';
import type { SummaryRow } from './summaries/tables.js';
import type { TableDefinition } from './table.js';

/** The tables of one version of the read models, as questions see them. */
export interface ReadTables {
  subject: SubjectRow;
  statement: StatementRow;
  status_change: StatusChangeRow;
  scale_version: ScaleVersionRow;
  period: PeriodRow;
  period_publication: PeriodPublicationRow;
  milestone: MilestoneRow;
  report: ReportRow;
  summary: SummaryRow;
  publication_figure: PublicationFigureRow;
}

/** One version of the read models, for asking. */
export type ReadDatabase = Kysely<ReadTables>;

type Row<T extends keyof ReadTables> = ReadTables[T];

/** The projector's transaction: what a fold may do to its tables, and nothing else. */
export interface Writer {
  readonly db: ReadDatabase;
  insert<T extends keyof ReadTables>(table: T, rows: readonly Row<T>[]): Promise<void>;
  /** Closes rows: sets the given columns on the row with this primary key. All closings of a call name the same columns. */
  close<T extends keyof ReadTables>(table: T, closings: readonly Closing<T>[]): Promise<void>;
}

export interface Closing<T extends keyof ReadTables> {
  readonly key: Partial<Row<T>>;
  readonly set: Partial<Row<T>>;
}

/**
 * A fold of the log into tables. It may keep what it has written in memory, because it is told when that can no longer be
 * trusted. It throws on an event that it cannot place: the projector then stops there and says so.
 */
export interface Fold {
  apply(events: readonly DomainEvent[], writer: Writer): Promise<void>;
  /** The last batch was rolled back, or somebody else has written since: what is in memory may be wrong. */
  forget(): void;
}

/** A view that the log implies. All read models are written by one projector, in one transaction, with one projected position. */
export interface ReadModel {
  readonly name: string;
  readonly tables: readonly TableDefinition[];
  /** Raised when the fold comes to derive something else from the same events: the models are then built anew. */
  readonly revision: number;
  newFold(): Fold;
}

import type { SubjectKind } from '../../../events/primitives.js';
import { importRows, type ImportResult } from '../../commands/bulk/import-rows.js';
import type { RowOutcome, StatementRow } from '../../commands/bulk/row.js';
import type { Recorder } from '../../commands/execution/execute.js';
import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { openSheet } from '../sheet/open-sheet.js';
import type { Layout } from './layout.js';
import type { Defaults } from './row-fields.js';
import { readStatements } from './read-statements.js';
import type { CellStatement } from './row-reader.js';
import type { ReferenceData } from './reference-data.js';

export interface ImportSheetOptions {
  readonly file: string;
  /** Of an XLSX workbook; null: the first one that is not hidden. */
  readonly sheet: string | null;
  /** Null: as the sheet says. */
  readonly subjects: SubjectKind | null;
  readonly defaults: Defaults;
  /** Leave out levels that hold already. In a prefilled sheet they are always left out. */
  readonly changesOnly: boolean;
  readonly partial: boolean;
  readonly dryRun: boolean;
  readonly actor: string;
  readonly onRead?: (bytes: number) => void;
  readonly onDecided?: (rows: number, of: number) => void;
}

/** The outcome of a cell. NOT_DECIDED: a refusal elsewhere in the row, or in the sheet, came first. */
export type CellOutcome =
  | { readonly kind: 'RECORDED' | 'UNCHANGED' | 'ACCEPTED' | 'NOT_DECIDED' }
  | { readonly kind: 'REFUSED'; readonly code: string; readonly message: string };

export interface ReportedCell extends Pick<CellStatement, 'line' | 'column' | 'value'> {
  /** The statement that the cell makes; null where it cannot be understood. */
  readonly statement: StatementRow | null;
  readonly outcome: CellOutcome;
}

export interface SheetReport {
  readonly layout: Layout;
  readonly prefilled: boolean;
  /** How the file was read. */
  readonly notes: readonly string[];
  /** Every filled cell, in the order of the sheet. */
  readonly cells: readonly ReportedCell[];
  /** Of the last event recorded; null where nothing was. */
  readonly position: number | null;
}

/** Imports a sheet: all of it, or with `partial` the rows of which nothing is refused, or nothing. @throws {ExpectedError} */
export async function importSheet(
  options: ImportSheetOptions,
  referenceData: ReferenceData,
  recorder: Pick<Recorder, 'newId' | 'newCorrelationId'> & { readonly log: EventStore },
): Promise<SheetReport> {
  const { file, sheet, subjects, defaults, onRead, onDecided } = options;
  const opened = await openSheet(file, { sheet });
  const { layout, statements, prefilled } = await readStatements(opened, referenceData, {
    file,
    subjects,
    defaults,
    ...(onRead ? { onProgress: onRead } : {}),
  });
  const rows = statements.flatMap(({ parsed }) => (parsed && 'value' in parsed ? parsed.value : []));
  const refused = statements.flatMap(({ line, parsed }) => (parsed && 'value' in parsed ? [] : line));
  const result = await importRows(
    {
      rows,
      asked: rows,
      actor: options.actor,
      idempotencyKey: null,
      partial: options.partial,
      changesOnly: options.changesOnly || prefilled,
      validateOnly: options.dryRun,
      refusedLines: new Set(refused),
      ...(onDecided ? { onProgress: (decided) => onDecided(decided, rows.length) } : {}),
    },
    recorder,
  );
  const { rows: outcomes, position } = decided(result);
  return { layout, prefilled, notes: opened.notes, cells: reportCells(statements, outcomes), position };
}

function decided(result: ImportResult): Extract<ImportResult, { readonly kind: 'DECIDED' }> {
  if (result.kind === 'DECIDED') return result;
  throw new ExpectedError(
    'Others are recording of the same subjects at this moment. Nothing was recorded; import it again.',
  );
}

function reportCells(statements: readonly CellStatement[], outcomes: readonly RowOutcome[]): ReportedCell[] {
  let next = 0;
  return statements.map(({ line, column, value, parsed }): ReportedCell => {
    const cell = { line, column, value };
    if (parsed === null) return { ...cell, statement: null, outcome: { kind: 'NOT_DECIDED' } };
    if ('refusal' in parsed) return { ...cell, statement: null, outcome: { kind: 'REFUSED', ...parsed.refusal } };
    const outcome = outcomes[next];
    next += 1;
    return { ...cell, statement: parsed.value, outcome: outcome ? cellOutcome(outcome) : { kind: 'NOT_DECIDED' } };
  });
}

const cellOutcome = (outcome: RowOutcome): CellOutcome =>
  outcome.kind === 'REFUSED'
    ? { kind: 'REFUSED', code: outcome.refusal.code, message: outcome.refusal.message }
    : { kind: outcome.kind };

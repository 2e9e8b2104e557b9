import type { SubjectKind } from '../../../events/primitives.js';
import { importRows, type ImportResult } from '../../commands/bulk/import-rows.js';
import type { RowOutcome, StatementRow } from '../../commands/bulk/row.js';
import type { Recorder } from '../../commands/execute.js';
import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { openSheet } from '../sheet/open.js';
import type { Layout } from './layout.js';
import type { Defaults } from './line-parts.js';
import { readEntries } from './read-entries.js';
import type { Entry } from './read-line.js';
import type { Vocabulary } from './vocabulary.js';

export interface ImportSheetOptions {
  readonly file: string;
  /** Of an XLSX workbook; null: the first one that is not hidden. */
  readonly sheet: string | null;
  /** Null: as the sheet says. */
  readonly subjects: SubjectKind | null;
  readonly defaults: Defaults;
  /** A level that holds already says nothing new. So it is in a prefilled sheet in any case. */
  readonly changesOnly: boolean;
  readonly partial: boolean;
  readonly dryRun: boolean;
  readonly actor: string;
  readonly onRead?: (bytes: number) => void;
  readonly onDecided?: (rows: number, of: number) => void;
}

/** What became of a cell. NOT_DECIDED: something is refused that it depends on. */
export type CellOutcome =
  | { readonly kind: 'RECORDED' | 'UNCHANGED' | 'ACCEPTED' | 'NOT_DECIDED' }
  | { readonly kind: 'REFUSED'; readonly code: string; readonly message: string };

export interface ReportedCell extends Pick<Entry, 'line' | 'column' | 'value'> {
  /** What it is taken to say; null where it cannot be understood. */
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
  vocabulary: Vocabulary,
  recorder: Pick<Recorder, 'newId' | 'newCorrelationId'> & { readonly log: EventStore },
): Promise<SheetReport> {
  const { file, sheet, subjects, defaults, onRead, onDecided } = options;
  const opened = await openSheet(file, { sheet });
  const { layout, entries, prefilled } = await readEntries(opened, vocabulary, {
    file,
    subjects,
    defaults,
    ...(onRead ? { onProgress: onRead } : {}),
  });
  const rows = entries.flatMap(({ meant }) => (meant && 'value' in meant ? meant.value : []));
  const refused = entries.flatMap(({ line, meant }) => (meant && 'value' in meant ? [] : line));
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
  return { layout, prefilled, notes: opened.notes, cells: reported(entries, outcomes), position };
}

function decided(result: ImportResult): Extract<ImportResult, { readonly kind: 'DECIDED' }> {
  if (result.kind === 'DECIDED') return result;
  throw new ExpectedError(
    'Others are recording of the same subjects at this moment. Nothing was recorded; import it again.',
  );
}

function reported(entries: readonly Entry[], outcomes: readonly RowOutcome[]): ReportedCell[] {
  let next = 0;
  return entries.map(({ line, column, value, meant }): ReportedCell => {
    const cell = { line, column, value };
    if (meant === null) return { ...cell, statement: null, outcome: { kind: 'NOT_DECIDED' } };
    if ('refused' in meant) return { ...cell, statement: null, outcome: { kind: 'REFUSED', ...meant.refused } };
    const outcome = outcomes[next];
    next += 1;
    return { ...cell, statement: meant.value, outcome: outcome ? cellOutcome(outcome) : { kind: 'NOT_DECIDED' } };
  });
}

const cellOutcome = (outcome: RowOutcome): CellOutcome =>
  outcome.kind === 'REFUSED'
    ? { kind: 'REFUSED', code: outcome.refusal.code, message: outcome.refusal.message }
    : { kind: outcome.kind };

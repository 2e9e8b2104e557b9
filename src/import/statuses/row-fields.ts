import type { Basis, Evidence } from '../../../events/primitives.js';
import { subjectOfStream } from '../../../events/streams.js';
import { ACCEPTED_DATES, parseDateText } from '../sheet/date-text.js';
import type { SheetRow, SheetValue } from '../sheet/sheet.js';
import { foldText, isEmptyCell, cellText } from '../sheet/cell-text.js';
import { parseBasis } from './basis.js';
import { abbreviateList } from './abbreviate-list.js';
import { type Result } from './result.js';
import type { Column } from './layout.js';
import type { SubjectIndex } from './subject-index.js';
import type { ReferenceData } from './reference-data.js';

/** What holds for every row that does not state it. */
export interface Defaults {
  readonly effectiveOn: string | null;
  readonly basis: Basis;
  readonly reason: string | null;
  readonly evidence: Evidence | null;
}

/** A cell that makes its whole row refused: without it, no statement of the row can be understood. */
export interface FieldRefusal {
  readonly column: Column;
  readonly result: Extract<Result<never>, { refusal: unknown }>;
}

type Field<T> = { readonly value: T } | FieldRefusal;

const refuseField = (column: Column, code: string, message: string): FieldRefusal => ({
  column,
  result: { refusal: { code, message } },
});

const refuseFaultyCell = (column: Column, value: SheetValue | undefined): FieldRefusal | null =>
  typeof value === 'object' && value !== null && 'fault' in value
    ? refuseField(
        column,
        'FAULTY_CELL',
        `The cell holds ${value.fault}. Mend it in the spreadsheet, or fill in the value itself.`,
      )
    : null;

/**
 * The stream of the subject that the row is about, by its key where the row has one. A name beside a key must be a name of
 * that subject: where people sorted one column without the other, it is not.
 */
export function readSubject(row: SheetRow, identifying: readonly Column[], subjects: SubjectIndex): Field<string> {
  let stream: string | null = null;
  for (const column of identifying) {
    const value = row.cells[column.index];
    const fault = refuseFaultyCell(column, value);
    if (fault) return fault;
    if (isEmptyCell(value) || column.role.kind !== 'SUBJECT') continue;
    const text = cellText(value);
    if (stream === null) {
      const subject = subjects.find(text, column.role.by);
      if ('refusal' in subject) return { column, result: subject };
      stream = subject.value;
    } else if (!subjects.hasName(stream, text) && foldText(subjectOfStream(stream)?.key ?? '') !== foldText(text)) {
      const message = `'${text}' is no name of '${subjectOfStream(stream)?.key}', which this row is about by its key. Were columns sorted apart?`;
      return refuseField(column, 'SUBJECT_MISMATCH', message);
    }
  }
  const [first] = identifying;
  if (stream !== null || !first) return { value: stream ?? '' };
  return refuseField(
    first,
    'NO_SUBJECT',
    'The row states a level and does not say of what. Fill in a key or a name, or empty the row.',
  );
}

/** The date from which the row's statements hold: its own date, else that of its period, else the default. */
export function readEffectiveDate(
  row: SheetRow,
  day: Column | undefined,
  period: Column | undefined,
  { effectiveOn }: Defaults,
  { periods }: ReferenceData,
  filled: readonly Column[],
): Field<string> {
  if (day && !isEmptyCell(row.cells[day.index])) {
    const value = row.cells[day.index];
    const parsed = typeof value === 'number' ? null : parseDateText(cellText(value));
    const fault = refuseFaultyCell(day, value);
    if (fault ?? parsed === null)
      return (
        fault ?? refuseField(day, 'NOT_A_DATE', `Accepted is ${ACCEPTED_DATES}, or a cell that is formatted as a date.`)
      );
    return { value: parsed ?? '' };
  }
  if (period && !isEmptyCell(row.cells[period.index])) {
    const text = foldText(cellText(row.cells[period.index]));
    const known = [...periods.values()].find(({ key, label }) =>
      [key, label.nl, label.en ?? key].some((name) => foldText(name) === text),
    );
    if (known) return { value: known.referenceDate };
    return (
      refuseFaultyCell(period, row.cells[period.index]) ??
      refuseField(
        period,
        'UNKNOWN_PERIOD',
        `Accepted are the keys of defined periods: ${abbreviateList([...periods.keys()])}.`,
      )
    );
  }
  if (effectiveOn !== null) return { value: effectiveOn };
  const at = day ?? period ?? filled[0];
  if (!at) return { value: '' };
  return refuseField(
    at,
    'NO_DATE',
    'From which date does it hold? Fill in a column "geldig op", or import with --period or --effective-on.',
  );
}

export function readRowBasis(row: SheetRow, column: Column | undefined, defaults: Defaults): Field<Basis> {
  if (!column || isEmptyCell(row.cells[column.index])) return { value: defaults.basis };
  const basis = parseBasis(cellText(row.cells[column.index]));
  return 'refusal' in basis ? (refuseFaultyCell(column, row.cells[column.index]) ?? { column, result: basis }) : basis;
}

export function readText(row: SheetRow, column: Column | undefined, otherwise: string | null): Field<string | null> {
  if (!column || isEmptyCell(row.cells[column.index])) return { value: otherwise };
  return refuseFaultyCell(column, row.cells[column.index]) ?? { value: cellText(row.cells[column.index]) };
}

/**
 * Refuses a row with a filled cell in a column without a heading. It may be a note, or half of a text that a separator cut in
 * two: passing over it could lose something.
 */
export function refuseStrayCell({ cells }: SheetRow, isHeaded: (index: number) => boolean): FieldRefusal | null {
  const index = cells.findIndex((cell, place) => !isHeaded(place) && !isEmptyCell(cell));
  return index < 0
    ? null
    : refuseField(
        { index, heading: '', role: { kind: 'NAMELESS' } },
        'NO_HEADING',
        'The column has no heading, so nobody knows what this is. Give it one, empty the cell, or put a text with separators in quotes.',
      );
}

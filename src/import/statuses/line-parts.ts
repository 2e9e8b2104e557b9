import type { Basis, Evidence } from '../../../events/primitives.js';
import { subjectOfStream } from '../../../events/streams.js';
import { ACCEPTED_DAYS, parseDay } from '../sheet/day.js';
import type { SheetRow, SheetValue } from '../sheet/sheet.js';
import { folded, isEmpty, textOf } from '../sheet/text.js';
import { basisCalled } from './basis.js';
import { listed, type Found } from './found.js';
import type { Column } from './layout.js';
import type { Subjects } from './subjects.js';
import type { Vocabulary } from './vocabulary.js';

/** What holds for every line that does not say otherwise. */
export interface Defaults {
  readonly effectiveOn: string | null;
  readonly basis: Basis;
  readonly reason: string | null;
  readonly evidence: Evidence | null;
}

/** Refusals that stop a line: something is wrong in this column, and nothing else of the line can be understood. */
export interface Stopped {
  readonly column: Column;
  readonly refused: Extract<Found<never>, { refused: unknown }>;
}

type In<T> = { readonly value: T } | Stopped;

const stop = (column: Column, code: string, message: string): Stopped => ({
  column,
  refused: { refused: { code, message } },
});

const faultIn = (column: Column, value: SheetValue | undefined): Stopped | null =>
  typeof value === 'object' && value !== null && 'fault' in value
    ? stop(
        column,
        'FAULTY_CELL',
        `The cell holds ${value.fault}. Mend it in the spreadsheet, or fill in the value itself.`,
      )
    : null;

/** The subject, by its key where there is one. A name beside a key must agree with it: columns that were sorted apart would not. */
export function subjectIn(row: SheetRow, identifying: readonly Column[], subjects: Subjects): In<string> {
  let stream: string | null = null;
  for (const column of identifying) {
    const value = row.cells[column.index];
    const fault = faultIn(column, value);
    if (fault) return fault;
    if (isEmpty(value) || column.role.kind !== 'SUBJECT') continue;
    const text = textOf(value);
    if (stream === null) {
      const subject = subjects.find(text, column.role.by);
      if ('refused' in subject) return { column, refused: subject };
      stream = subject.value;
    } else if (!subjects.bears(stream, text) && folded(subjectOfStream(stream)?.key ?? '') !== folded(text)) {
      const message = `'${text}' is no name of '${subjectOfStream(stream)?.key}', which this row is about by its key. Were columns sorted apart?`;
      return stop(column, 'SUBJECT_MISMATCH', message);
    }
  }
  const [first] = identifying;
  if (stream !== null || !first) return { value: stream ?? '' };
  return stop(
    first,
    'NO_SUBJECT',
    'The row states a level and does not say of what. Fill in a key or a name, or empty the row.',
  );
}

export function dayIn(
  row: SheetRow,
  day: Column | undefined,
  period: Column | undefined,
  { effectiveOn }: Defaults,
  { periods }: Vocabulary,
  filled: readonly Column[],
): In<string> {
  if (day && !isEmpty(row.cells[day.index])) {
    const value = row.cells[day.index];
    const parsed = typeof value === 'number' ? null : parseDay(textOf(value));
    const fault = faultIn(day, value);
    if (fault ?? parsed === null)
      return fault ?? stop(day, 'NOT_A_DATE', `Accepted is ${ACCEPTED_DAYS}, or a cell that is formatted as a date.`);
    return { value: parsed ?? '' };
  }
  if (period && !isEmpty(row.cells[period.index])) {
    const text = folded(textOf(row.cells[period.index]));
    const known = [...periods.values()].find(({ key, label }) =>
      [key, label.nl, label.en ?? key].some((name) => folded(name) === text),
    );
    if (known) return { value: known.referenceDate };
    return (
      faultIn(period, row.cells[period.index]) ??
      stop(period, 'UNKNOWN_PERIOD', `Accepted are the keys of defined periods: ${listed([...periods.keys()])}.`)
    );
  }
  if (effectiveOn !== null) return { value: effectiveOn };
  const at = day ?? period ?? filled[0];
  if (!at) return { value: '' };
  return stop(
    at,
    'NO_DATE',
    'From which date does it hold? Fill in a column "geldig op", or import with --period or --effective-on.',
  );
}

export function basisIn(row: SheetRow, column: Column | undefined, { basis }: Defaults): In<Basis> {
  if (!column || isEmpty(row.cells[column.index])) return { value: basis };
  const called = basisCalled(textOf(row.cells[column.index]));
  return 'refused' in called ? (faultIn(column, row.cells[column.index]) ?? { column, refused: called }) : called;
}

export function textIn(row: SheetRow, column: Column | undefined, otherwise: string | null): In<string | null> {
  if (!column || isEmpty(row.cells[column.index])) return { value: otherwise };
  return faultIn(column, row.cells[column.index]) ?? { value: textOf(row.cells[column.index]) };
}

/**
 * What stands in a column without a heading, if anything does: half of a text that a separator cut in two, or a note. Leaving
 * it out without a word could lose something.
 */
export function strayIn({ cells }: SheetRow, isHeaded: (index: number) => boolean): Stopped | null {
  const index = cells.findIndex((cell, place) => !isHeaded(place) && !isEmpty(cell));
  return index < 0
    ? null
    : stop(
        { index, heading: '', role: { kind: 'NAMELESS' } },
        'NO_HEADING',
        'The column has no heading, so nobody knows what this is. Give it one, empty the cell, or put a text with separators in quotes.',
      );
}

import type { SubjectKind } from '../../../events/primitives.js';
import { columnLetters } from '../sheet/cell-reference.js';
import type { SheetRow } from '../sheet/sheet.js';
import { textOf } from '../sheet/text.js';
import { kindNamedBy, roleOf, scaleCalled, type Role } from './columns.js';
import type { Vocabulary } from './vocabulary.js';

export interface Column {
  /** From 0. */
  readonly index: number;
  readonly heading: string;
  readonly role: Role;
}

/** What a sheet is about, and where in it that stands. */
export interface Layout {
  readonly kind: SubjectKind;
  /** WIDE: a column a scale. LONG: a statement a row. */
  readonly form: 'WIDE' | 'LONG';
  readonly headingRow: number;
  readonly columns: readonly Column[];
  /** Headings of columns that are for people only. */
  readonly unread: readonly string[];
  /** Whether the column at this place, from 0, has a heading. */
  readonly isHeaded: (index: number) => boolean;
}

/** A heading that is merged over several rows has its text in the first of them: so many rows it may span. */
const MAX_HEADING_ROW_COUNT = 3;

/** Rows that say something to people, wherever they stand. */
export const isComment = ({ cells }: SheetRow): boolean =>
  textOf(cells.find((cell) => textOf(cell) !== '')).startsWith('#');

/**
 * The layout, if the last of these rows has the headings. The cells of a heading that spans rows are empty but for the
 * first, so empty ones take the text above them.
 */
export function layoutOf(rows: readonly SheetRow[], given: SubjectKind | null, vocabulary: Vocabulary): Layout | null {
  const last = rows.at(-1);
  if (!last) return null;
  const headings = headingsOf(rows);
  const kind = given ?? kindOf(headings, vocabulary);
  if (kind === null) return null;
  const columns = headings.flatMap((heading, index): Column[] => {
    const role = roleOf(heading, kind, vocabulary);
    return role ? [{ index, heading, role }] : [];
  });
  const has = (kind: Role['kind']): boolean => columns.some(({ role }) => role.kind === kind);
  const form = has('SCALE_NAME') && has('LEVEL') ? 'LONG' : has('SCALE') ? 'WIDE' : null;
  // A row that only repeats what stands above it is not the one with the headings.
  if (form === null || !has('SUBJECT') || !last.cells.some((cell) => textOf(cell) !== '')) return null;
  const unread = headings.filter(
    (heading, index) => heading !== '' && !columns.some((column) => column.index === index),
  );
  return {
    kind,
    form,
    headingRow: last.number,
    columns: relevant(columns, form),
    unread,
    isHeaded: (index) => (headings[index] ?? '') !== '',
  };
}

/** In the long form a column is never a scale's, and in the wide form a level has no column of its own. */
const relevant = (columns: readonly Column[], form: Layout['form']): Column[] =>
  columns.filter(({ role }) =>
    form === 'LONG' ? role.kind !== 'SCALE' : role.kind !== 'LEVEL' && role.kind !== 'SCALE_NAME',
  );

function headingsOf(rows: readonly SheetRow[]): string[] {
  const last = rows.at(-1)?.number ?? 0;
  const near = rows.filter(({ number }) => number > last - MAX_HEADING_ROW_COUNT);
  const width = Math.max(...near.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, index) =>
    near.reduceRight((heading, { cells }) => (heading === '' ? textOf(cells[index]) : heading), ''),
  );
}

/** By the column that names the subjects, or else by the scales. */
function kindOf(headings: readonly string[], vocabulary: Vocabulary): SubjectKind | null {
  const named = headings.map(kindNamedBy);
  if (named.includes('PROJECT')) return 'PROJECT';
  if (named.includes('REGION')) return 'REGION';
  const fits = (kind: SubjectKind): boolean =>
    headings.some((heading) => heading !== '' && scaleCalled(heading, kind, vocabulary) !== null);
  const kinds = (['REGION', 'PROJECT'] as const).filter(fits);
  return kinds.length === 1 ? (kinds[0] ?? null) : null;
}

/** What two columns are for where one is enough, in words; null where there is no such thing. */
export function doubled({ columns }: Layout): string | null {
  const seen = new Map<string, Column>();
  for (const column of columns) {
    const meaning = JSON.stringify(column.role);
    const before = seen.get(meaning);
    if (before) {
      const places = [before, column].map(({ index, heading }) => `${columnLetters(index)} ('${heading}')`);
      return `Columns ${places.join(' and ')} mean the same. Keep one of them.`;
    }
    seen.set(meaning, column);
  }
  return null;
}

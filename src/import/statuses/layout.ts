import type { SubjectKind } from '../../../events/primitives.js';
import { columnLetters } from '../sheet/cell-reference.js';
import type { SheetRow } from '../sheet/sheet.js';
import { cellText } from '../sheet/cell-text.js';
import { subjectKindOfHeading, columnRole, findScale, type ColumnRole } from './column-role.js';
import type { ReferenceData } from './reference-data.js';

export interface Column {
  /** From 0. */
  readonly index: number;
  readonly heading: string;
  readonly role: ColumnRole;
}

/** The kind of subject that a sheet is about, and what each of its columns holds. */
export interface Layout {
  readonly kind: SubjectKind;
  /** WIDE: a column a scale. LONG: a statement a row. */
  readonly form: 'WIDE' | 'LONG';
  readonly headingRow: number;
  readonly columns: readonly Column[];
  /** Headings of columns that the import ignores. */
  readonly ignored: readonly string[];
  /** Whether the column at this place, from 0, has a heading. */
  readonly isHeaded: (index: number) => boolean;
}

/** A heading that is merged over several rows has its text in the first of them: so many rows it may span. */
const MAX_HEADING_ROW_COUNT = 3;

/** Whether the row is a comment for people: its first text begins with '#'. */
export const isComment = ({ cells }: SheetRow): boolean =>
  cellText(cells.find((cell) => cellText(cell) !== '')).startsWith('#');

/**
 * The layout, if the last of these rows has the headings; else null. A heading that is merged over several rows has its text
 * in the first of them, so an empty cell takes the text above it.
 */
export function detectLayout(
  rows: readonly SheetRow[],
  given: SubjectKind | null,
  referenceData: ReferenceData,
): Layout | null {
  const last = rows.at(-1);
  if (!last) return null;
  const headings = headingsOf(rows);
  const kind = given ?? kindOf(headings, referenceData);
  if (kind === null) return null;
  const columns = headings.flatMap((heading, index): Column[] => {
    const role = columnRole(heading, kind, referenceData);
    return role ? [{ index, heading, role }] : [];
  });
  const has = (kind: ColumnRole['kind']): boolean => columns.some(({ role }) => role.kind === kind);
  const form = has('SCALE_NAME') && has('LEVEL') ? 'LONG' : has('SCALE') ? 'WIDE' : null;
  // A row that only repeats what stands above it is not the one with the headings.
  if (form === null || !has('SUBJECT') || !last.cells.some((cell) => cellText(cell) !== '')) return null;
  const ignored = headings.filter(
    (heading, index) => heading !== '' && !columns.some((column) => column.index === index),
  );
  return {
    kind,
    form,
    headingRow: last.number,
    columns: relevant(columns, form),
    ignored,
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
    near.reduceRight((heading, { cells }) => (heading === '' ? cellText(cells[index]) : heading), ''),
  );
}

/** By the column that names the subjects, or else by the scales. */
function kindOf(headings: readonly string[], referenceData: ReferenceData): SubjectKind | null {
  const named = headings.map(subjectKindOfHeading);
  if (named.includes('PROJECT')) return 'PROJECT';
  if (named.includes('REGION')) return 'REGION';
  const fits = (kind: SubjectKind): boolean =>
    headings.some((heading) => heading !== '' && findScale(heading, kind, referenceData) !== null);
  const kinds = (['REGION', 'PROJECT'] as const).filter(fits);
  return kinds.length === 1 ? (kinds[0] ?? null) : null;
}

/** Describes two columns with the same role; null if every role has one column. */
export function describeDuplicateColumns({ columns }: Layout): string | null {
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

import type { SubjectKind } from '../../../events/primitives.js';
import { subjectOfStream } from '../../../events/streams.js';
import { columnLetters } from '../sheet/cell-reference.js';
import { SheetRefusedError } from '../sheet/sheet-refused-error.js';
import type { SheetFile, SheetRow } from '../sheet/sheet.js';
import { foldText, cellText } from '../sheet/cell-text.js';
import { scaleKeysFor } from './column-role.js';
import { abbreviateList } from './abbreviate-list.js';
import { refuse } from './result.js';
import { describeDuplicateColumns, isComment, detectLayout, type Layout } from './layout.js';
import type { Defaults } from './row-fields.js';
import { newRowReader, type CellStatement } from './row-reader.js';
import { PREFILLED_MARKER } from './prefilled.js';
import type { ReferenceData } from './reference-data.js';

export interface SheetStatements {
  readonly layout: Layout;
  readonly statements: readonly CellStatement[];
  /** The sheet says that it was prefilled with what is known: a level that people left as it was states nothing new. */
  readonly prefilled: boolean;
}

export interface ReadOptions {
  readonly file: string;
  /** Null: as the sheet says. */
  readonly subjects: SubjectKind | null;
  readonly defaults: Defaults;
  readonly onProgress?: (bytes: number) => void;
}

/** Titles and explanations may come before the headings, up to this many rows. */
const MAX_ROW_COUNT_ABOVE_HEADINGS = 100;

/**
 * Statements that one import may make. An import is all or nothing: memory holds every statement, at most some two kilobytes
 * each, until all are decided and recorded in one append.
 */
const MAX_STATEMENT_COUNT = 500_000;

/** Reads all statements in a sheet. They are not yet held against the history of their subjects. @throws {SheetRefusedError} */
export async function readStatements(
  sheet: SheetFile,
  referenceData: ReferenceData,
  options: ReadOptions,
): Promise<SheetStatements> {
  const { file, subjects, defaults, onProgress } = options;
  const above: SheetRow[] = [];
  const statements: CellStatement[] = [];
  let prefilled = false;
  let layout: Layout | null = null;
  let readRow: ((row: SheetRow) => CellStatement[]) | undefined;

  for await (const row of sheet.rows(onProgress)) {
    if (isComment(row)) {
      prefilled ||= row.cells.some((cell) => foldText(cellText(cell)).startsWith(foldText(PREFILLED_MARKER)));
      continue;
    }
    if (readRow) {
      for (const statement of readRow(row)) statements.push(statement);
      if (statements.length > MAX_STATEMENT_COUNT) {
        throw new SheetRefusedError(
          file,
          `It fills more than ${MAX_STATEMENT_COUNT} cells. Split it, and import one part after the other.`,
        );
      }
      continue;
    }
    above.push(row);
    layout = detectLayout(above, subjects, referenceData);
    if (layout) {
      const duplicates = describeDuplicateColumns(layout);
      if (duplicates !== null) throw new SheetRefusedError(file, duplicates);
      readRow = newRowReader(layout, referenceData, defaults);
    }
    if (above.length > MAX_ROW_COUNT_ABOVE_HEADINGS) break;
  }
  if (!layout) throw new SheetRefusedError(file, noHeadings(referenceData, subjects));
  return { layout, statements: layout.form === 'WIDE' ? refuseRepeatedRows(statements) : statements, prefilled };
}

const noHeadings = (referenceData: ReferenceData, subjects: SubjectKind | null): string => {
  const scales = (['REGION', 'PROJECT'] as const)
    .filter((kind) => subjects === null || subjects === kind)
    .map((kind) => `for ${kind.toLowerCase()}s ${abbreviateList(scaleKeysFor(kind, referenceData))}`);
  return `None of its first ${MAX_ROW_COUNT_ABOVE_HEADINGS} rows has the headings: a column with keys or names ('sleutel', 'naam', 'regio', 'project') and a column for each scale, by key or label: ${scales.join('; ')}. Where it is not clear whether it is about regions or projects, say so with --subjects.`;
};

/** Refuses all rows that are about the same subject and date: nobody can tell which of them is parsed. */
function refuseRepeatedRows(statements: readonly CellStatement[]): CellStatement[] {
  const lines = new Map<string, Set<number>>();
  const subjectAndDate = ({ parsed }: CellStatement): string | null =>
    parsed && 'value' in parsed ? `${parsed.value.stream} ${parsed.value.effectiveOn}` : null;
  for (const statement of statements) {
    const place = subjectAndDate(statement);
    if (place === null) continue;
    const known = lines.get(place);
    if (known) known.add(statement.line);
    else lines.set(place, new Set([statement.line]));
  }
  return statements.map((statement) => {
    const { parsed } = statement;
    const repeated = lines.get(subjectAndDate(statement) ?? '');
    if (!repeated || repeated.size < 2 || !parsed || !('value' in parsed)) return statement;
    const { stream, effectiveOn } = parsed.value;
    const key = subjectOfStream(stream)?.key ?? stream;
    const rows = [...repeated].join(' and ');
    return {
      ...statement,
      parsed: refuse('STATED_TWICE', `Rows ${rows} are both about '${key}' on ${effectiveOn}. Keep one of them.`),
    };
  });
}

/** "C (Regiovisie)": where in the sheet. */
export const describeColumn = ({ column }: Pick<CellStatement, 'column'>): string =>
  `${columnLetters(column.index)} (${column.heading})`;

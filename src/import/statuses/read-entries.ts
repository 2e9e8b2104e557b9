import type { SubjectKind } from '../../../events/primitives.js';
import { subjectOfStream } from '../../../events/streams.js';
import { columnLetters } from '../sheet/cell-reference.js';
import { SheetRefusedError } from '../sheet/sheet-refused-error.js';
import type { SheetFile, SheetRow } from '../sheet/sheet.js';
import { folded, textOf } from '../sheet/text.js';
import { scalesFor } from './columns.js';
import { listed, notFound } from './found.js';
import { doubled, isComment, layoutOf, type Layout } from './layout.js';
import type { Defaults } from './line-parts.js';
import { newLineReader, type Entry } from './read-line.js';
import { PREFILLED } from './prefilled.js';
import type { Vocabulary } from './vocabulary.js';

export interface ReadSheet {
  readonly layout: Layout;
  readonly entries: readonly Entry[];
  /** It was filled in before it was given to people: what they left as it was says nothing new. */
  readonly prefilled: boolean;
}

export interface ReadOptions {
  readonly file: string;
  /** Null: as the sheet says. */
  readonly subjects: SubjectKind | null;
  readonly defaults: Defaults;
  readonly onProgress?: (bytes: number) => void;
}

/** So many rows with titles and explanations may come before the headings. */
const LAST_HEADING_ROW = 100;

/**
 * Cells that one import may fill. Every one is kept in memory until all are decided, and is recorded in one append, so that
 * it is all or nothing: some two kilobytes each at the most.
 */
const MOST_ENTRIES = 500_000;

/** Reads everything that a sheet says, as far as it can be understood without its subjects' history. @throws {SheetRefusedError} */
export async function readEntries(sheet: SheetFile, vocabulary: Vocabulary, options: ReadOptions): Promise<ReadSheet> {
  const { file, subjects, defaults, onProgress } = options;
  const above: SheetRow[] = [];
  const entries: Entry[] = [];
  let prefilled = false;
  let layout: Layout | null = null;
  let readLine: ((row: SheetRow) => Entry[]) | undefined;

  for await (const row of sheet.rows(onProgress)) {
    if (isComment(row)) {
      prefilled ||= row.cells.some((cell) => folded(textOf(cell)).startsWith(folded(PREFILLED)));
      continue;
    }
    if (readLine) {
      for (const entry of readLine(row)) entries.push(entry);
      if (entries.length > MOST_ENTRIES) {
        throw new SheetRefusedError(
          file,
          `It fills more than ${MOST_ENTRIES} cells. Split it, and import one part after the other.`,
        );
      }
      continue;
    }
    above.push(row);
    layout = layoutOf(above, subjects, vocabulary);
    if (layout) {
      const twice = doubled(layout);
      if (twice !== null) throw new SheetRefusedError(file, twice);
      readLine = newLineReader(layout, vocabulary, defaults);
    }
    if (above.length > LAST_HEADING_ROW) break;
  }
  if (!layout) throw new SheetRefusedError(file, noHeadings(vocabulary, subjects));
  return { layout, entries: layout.form === 'WIDE' ? withoutRepeatedLines(entries) : entries, prefilled };
}

const noHeadings = (vocabulary: Vocabulary, subjects: SubjectKind | null): string => {
  const scales = (['REGION', 'PROJECT'] as const)
    .filter((kind) => subjects === null || subjects === kind)
    .map((kind) => `for ${kind.toLowerCase()}s ${listed(scalesFor(kind, vocabulary))}`);
  return `None of its first ${LAST_HEADING_ROW} rows has the headings: a column with keys or names ('sleutel', 'naam', 'regio', 'project') and a column for each scale, by key or label: ${scales.join('; ')}. Where it is not clear whether it is about regions or projects, say so with --subjects.`;
};

/** Lines about one subject and date are all refused: there is no telling which of them is meant. */
function withoutRepeatedLines(entries: readonly Entry[]): Entry[] {
  const lines = new Map<string, Set<number>>();
  const placeOf = ({ meant }: Entry): string | null =>
    meant && 'value' in meant ? `${meant.value.stream} ${meant.value.effectiveOn}` : null;
  for (const entry of entries) {
    const place = placeOf(entry);
    if (place === null) continue;
    const known = lines.get(place);
    if (known) known.add(entry.line);
    else lines.set(place, new Set([entry.line]));
  }
  return entries.map((entry) => {
    const { meant } = entry;
    const repeated = lines.get(placeOf(entry) ?? '');
    if (!repeated || repeated.size < 2 || !meant || !('value' in meant)) return entry;
    const { stream, effectiveOn } = meant.value;
    const key = subjectOfStream(stream)?.key ?? stream;
    const rows = [...repeated].join(' and ');
    return {
      ...entry,
      meant: notFound('STATED_TWICE', `Rows ${rows} are both about '${key}' on ${effectiveOn}. Keep one of them.`),
    };
  });
}

/** "C (Regiovisie)": where in the sheet. */
export const placeInWords = ({ column }: Pick<Entry, 'column'>): string =>
  `${columnLetters(column.index)} (${column.heading})`;

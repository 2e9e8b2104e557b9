import { subjectOfStream } from '../../events/streams.js';
import type { CellOutcome, ReportedCell, SheetReport } from '../import/statuses/import-sheet.js';
import { columnLetters } from '../import/sheet/cell-reference.js';
import { describeColumn } from '../import/statuses/read-statements.js';

const outcomeLabels: Readonly<Record<CellOutcome['kind'], string>> = {
  RECORDED: 'recorded',
  UNCHANGED: 'unchanged',
  REFUSED: 'refused',
  ACCEPTED: 'accepted',
  NOT_DECIDED: 'not decided',
};

/** The outcome of every cell as the rows of a table; the first row holds the headings. */
export function* reportRows(cells: readonly ReportedCell[]): Generator<string[]> {
  yield ['row', 'column', 'heading', 'value', 'subject', 'scale', 'level', 'effectiveOn', 'outcome', 'code', 'message'];
  for (const { line, column, value, statement, outcome } of cells) {
    yield [
      String(line),
      columnLetters(column.index),
      column.heading,
      value,
      statement ? (subjectOfStream(statement.stream)?.key ?? statement.stream) : '',
      statement?.scale ?? '',
      statement?.level ?? '',
      statement?.effectiveOn ?? '',
      outcomeLabels[outcome.kind],
      outcome.kind === 'REFUSED' ? outcome.code : '',
      outcome.kind === 'REFUSED' ? outcome.message : '',
    ];
  }
}

export type Counts = Readonly<Record<CellOutcome['kind'], number>>;

export function countsOf(cells: readonly ReportedCell[]): Counts {
  const counts = { RECORDED: 0, UNCHANGED: 0, REFUSED: 0, ACCEPTED: 0, NOT_DECIDED: 0 };
  for (const { outcome } of cells) counts[outcome.kind] += 1;
  return counts;
}

/** The summary lists the first refusals; the report lists all of them. */
const MAX_SHOWN_REFUSAL_COUNT = 20;

/** The result of an import in sentences, for the person who ran it. */
export function formatSummary(
  file: string,
  { layout, prefilled, notes, cells, position }: SheetReport,
  counts: Counts,
): string {
  const { kind, headingRow, columns, ignored } = layout;
  const headings = columns.map(({ heading }) => heading).join(', ');
  const ignoredNote = ignored.length === 0 ? '' : ` Not read: ${ignored.join(', ')}.`;
  const prefilledNote = prefilled
    ? ['It was filled in before: levels that were left as they were count as unchanged.']
    : [];
  const outcomes = (['RECORDED', 'ACCEPTED', 'UNCHANGED', 'REFUSED', 'NOT_DECIDED'] as const)
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcomeLabels[outcome]}`);
  return [
    `${file}: ${[...notes, ...prefilledNote].join(' ')}`,
    `It is about ${kind.toLowerCase()}s. The headings are in row ${headingRow}: ${headings}.${ignoredNote}`,
    `${cells.length === 1 ? '1 filled cell' : `${cells.length} filled cells`}: ${outcomes.join(', ') || 'none states anything'}.`,
    ...refusals(cells, counts.REFUSED),
    ...(position === null ? [] : [`Recorded up to position ${position} of the log.`]),
  ].join('\n');
}

function refusals(cells: readonly ReportedCell[], count: number): string[] {
  const shown: string[] = [];
  for (const cell of cells) {
    const { line, value, outcome } = cell;
    if (outcome.kind !== 'REFUSED') continue;
    shown.push(`  row ${line}, column ${describeColumn(cell)}, '${value}': ${outcome.message} (${outcome.code})`);
    if (shown.length === MAX_SHOWN_REFUSAL_COUNT) break;
  }
  return count > shown.length
    ? [...shown, `  and ${count - shown.length} more; --report writes them all to a file`]
    : shown;
}

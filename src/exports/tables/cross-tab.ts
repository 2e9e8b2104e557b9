import { parse } from 'graphql';
import type { Variables } from '../api-query.js';
import { basisNotes } from './basis-notes.js';
import { basisByColumn, CROSS_TAB_FIELDS, type CrossTabColumn, type CrossTabFields } from './cross-tab-fields.js';
import { momentName, momentNotes, type MomentFields } from './moment-notes.js';
import { note, type SheetCell, type SheetColumn, type SheetNote } from '../sheet.js';
import { filterText, titledSheet, type TableExport } from './table-export.js';
import { treeNotes } from './tree-notes.js';
import { labelsIn } from '../labels/index.js';
import type { Labels } from '../labels/labels.js';

const document = parse(/* GraphQL */ `
  query CrossTabExport(
    $subjects: SubjectKind!
    $rows: Axis!
    $columns: Axis!
    $at: At
    $filter: SubjectFilter
    $language: Language! = NL
  ) {
    crossTab(subjects: $subjects, rows: $rows, columns: $columns, at: $at, filter: $filter) {
      ...CrossTabFields
    }
  }
  ${CROSS_TAB_FIELDS}
`);

/** The arguments of the field crossTab, validated by GraphQL. */
interface CrossTabArguments {
  readonly subjects: keyof Labels['subjects'];
  readonly rows: { readonly scale: string };
  readonly columns: { readonly scale?: string | null };
  readonly filter?: unknown;
}

/** One period may be args for as published and as known now: then the position tells the two columns apart. */
const headingsOf = (columns: readonly CrossTabColumn[], { position }: Labels): string[] =>
  columns.map(({ label, moment }) =>
    moment !== null && columns.filter((other) => other.label === label).length > 1
      ? `${label} (${moment.asOf}, ${position} ${moment.position})`
      : label,
  );

const titleOf = (
  { subjects, rows, columns }: CrossTabArguments,
  moments: readonly MomentFields[],
  labels: Labels,
): string => {
  const [only] = moments;
  const across = columns.scale == null ? '' : ` × ${columns.scale}`;
  const when = moments.length === 1 && only ? momentName(only) : `${moments.length} ${labels.crossTab.moments}`;
  return `${labels.crossTab.title} ${labels.subjects[subjects]} ${rows.scale}${across} ${when}`;
};

const columnsOf = (
  headings: readonly string[],
  ofScales: boolean,
  { key, level, total, share }: Labels,
): SheetColumn[] => [
  { heading: key },
  { heading: level },
  ...headings.map((heading) => ({ heading })),
  // Over moments, the sum of a row would count each subject once for each moment.
  ...(ofScales ? [{ heading: total }] : []),
  ...headings.map((heading) => ({ heading: `${heading} (${share})`, shownAs: 'percentage' as const })),
];

const rowsOf = (table: CrossTabFields, ofScales: boolean, { total }: Labels): SheetCell[][] => [
  ...table.rows.map(({ key, label }, index) => {
    const cells = table.cells[index] ?? [];
    return [
      key,
      label,
      ...cells.map(({ count }) => count),
      ...(ofScales ? [table.rowTotals[index] ?? null] : []),
      ...cells.map(({ share }) => share),
    ];
  }),
  [null, total, ...table.columnTotals, ...(ofScales ? [table.total] : []), ...table.columns.map(() => null)],
];

const notesOf = (
  table: CrossTabFields,
  args: CrossTabArguments,
  moments: readonly MomentFields[],
  labels: Labels,
): SheetNote[] => {
  const ofScales = args.columns.scale != null;
  return [
    note(labels.crossTab.subjects, labels.subjects[args.subjects]),
    note(labels.crossTab.rows, args.rows.scale),
    note(labels.crossTab.columns, args.columns.scale ?? labels.crossTab.moments),
    note(labels.filter, filterText(args.filter, labels.none)),
    ...(ofScales ? [] : [note(labels.crossTab.column, ...headingsOf(table.columns, labels))]),
    ...momentNotes(moments, labels),
    note(labels.total, ...(ofScales ? [table.total] : table.columnTotals)),
    note(labels.crossTab.unassessed, ...table.unassessed),
    ...(ofScales ? [note(labels.crossTab.unplaced, table.unplaced)] : []),
    note(labels.crossTab.inScope, ...table.inScope),
    ...basisNotes(ofScales ? [table.basis] : basisByColumn(table), labels),
    ...treeNotes(
      moments.map(({ tree }) => tree),
      labels,
    ),
  ];
};

export const crossTabExport: TableExport = {
  document,
  documents: [document],
  async sheet(query, variables: Variables, language) {
    const { crossTab: table } = await query<{ crossTab: CrossTabFields }>(document, variables);
    const labels = labelsIn[language];
    // The document was executed with these variables, so the schema has checked that they have this form.
    const args = variables as unknown as CrossTabArguments;
    const ofScales = args.columns.scale != null;
    const moments = table.moment ? [table.moment] : table.columns.flatMap(({ moment }) => moment ?? []);
    const title = titleOf(args, moments, labels);
    return titledSheet(title, language, {
      columns: columnsOf(headingsOf(table.columns, labels), ofScales, labels),
      rows: rowsOf(table, ofScales, labels),
      notes: notesOf(table, args, moments, labels),
    });
  },
};

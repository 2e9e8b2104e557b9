import { parse } from 'graphql';
import type { Variables } from './ask.js';
import { basisNotes } from './bases.js';
import { basisByColumn, CROSS_TAB_FIELDS, type CrossTabColumn, type CrossTabFields } from './cross-tab-fields.js';
import { momentName, momentNotes, type MomentFields } from './moments.js';
import { note, type SheetCell, type SheetColumn, type SheetNote } from './sheet.js';
import { filterText, type TableExport } from './table-export.js';
import { treeNotes } from './trees.js';
import { words, type Words } from './words.js';

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

/** The arguments, as GraphQL has let them pass. */
interface Asked {
  readonly subjects: keyof Words['subjects'];
  readonly rows: { readonly scale: string };
  readonly columns: { readonly scale?: string | null };
  readonly filter?: unknown;
}

/** One period may be asked for as published and as known now: then the position tells the two columns apart. */
const headingsOf = (columns: readonly CrossTabColumn[], { position }: Words): string[] =>
  columns.map(({ label, moment }) =>
    moment !== null && columns.filter((other) => other.label === label).length > 1
      ? `${label} (${moment.asOf}, ${position} ${moment.position})`
      : label,
  );

const titleOf = ({ subjects, rows, columns }: Asked, moments: readonly MomentFields[], text: Words): string => {
  const [only] = moments;
  const across = columns.scale == null ? '' : ` × ${columns.scale}`;
  const when = moments.length === 1 && only ? momentName(only) : `${moments.length} ${text.crossTab.moments}`;
  return `${text.crossTab.title} ${text.subjects[subjects]} ${rows.scale}${across} ${when}`;
};

const columnsOf = (
  headings: readonly string[],
  ofScales: boolean,
  { key, level, total, share }: Words,
): SheetColumn[] => [
  { heading: key },
  { heading: level },
  ...headings.map((heading) => ({ heading })),
  // Over moments a sum of a row would count the same subjects again and again.
  ...(ofScales ? [{ heading: total }] : []),
  ...headings.map((heading) => ({ heading: `${heading} (${share})`, shownAs: 'percentage' as const })),
];

const rowsOf = (table: CrossTabFields, ofScales: boolean, { total }: Words): SheetCell[][] => [
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

const notesOf = (table: CrossTabFields, asked: Asked, moments: readonly MomentFields[], text: Words): SheetNote[] => {
  const ofScales = asked.columns.scale != null;
  return [
    note(text.crossTab.subjects, text.subjects[asked.subjects]),
    note(text.crossTab.rows, asked.rows.scale),
    note(text.crossTab.columns, asked.columns.scale ?? text.crossTab.moments),
    note(text.filter, filterText(asked.filter, text.none)),
    ...(ofScales ? [] : [note(text.crossTab.column, ...headingsOf(table.columns, text))]),
    ...momentNotes(moments, text),
    note(text.total, ...(ofScales ? [table.total] : table.columnTotals)),
    note(text.crossTab.unassessed, ...table.unassessed),
    ...(ofScales ? [note(text.crossTab.unplaced, table.unplaced)] : []),
    note(text.crossTab.inScope, ...table.inScope),
    ...basisNotes(ofScales ? [table.basis] : basisByColumn(table), text),
    ...treeNotes(
      moments.map(({ tree }) => tree),
      text,
    ),
  ];
};

export const crossTabExport: TableExport = {
  document,
  documents: [document],
  async sheet(ask, variables: Variables, language) {
    const { crossTab: table } = await ask<{ crossTab: CrossTabFields }>(document, variables);
    const text = words[language];
    // The document was executed with these variables just now: its schema has checked that they have this form.
    const asked = variables as unknown as Asked;
    const ofScales = asked.columns.scale != null;
    const moments = table.moment ? [table.moment] : table.columns.flatMap(({ moment }) => moment ?? []);
    const title = titleOf(asked, moments, text);
    return {
      title,
      pages: text.pages,
      columns: columnsOf(headingsOf(table.columns, text), ofScales, text),
      rows: rowsOf(table, ofScales, text),
      notes: [note(text.what, title), note(text.language, language), ...notesOf(table, asked, moments, text)],
    };
  },
};

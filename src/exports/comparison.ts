import { parse } from 'graphql';
import type { Variables } from './ask.js';
import { basisNotes } from './bases.js';
import { basisByColumn, CROSS_TAB_FIELDS, type CrossTabFields } from './cross-tab-fields.js';
import { MOMENT_FIELDS, momentName, momentNotes, type MomentFields } from './moments.js';
import { note, type SheetCell, type SheetColumn, type SheetNote } from './sheet.js';
import { filterText, type TableExport } from './table-export.js';
import { treeNotes } from './trees.js';
import { words, type Words } from './words.js';

const document = parse(/* GraphQL */ `
  query ComparisonExport($scale: ID!, $from: At!, $to: At!, $filter: SubjectFilter, $language: Language! = NL) {
    comparison(scale: $scale, from: $from, to: $to, filter: $filter) {
      scale {
        key
        label(language: $language)
        subjectKind
      }
      from {
        ...MomentFields
      }
      to {
        ...MomentFields
      }
      rows {
        level {
          key
          label(language: $language)
        }
        before
        after
        change
        shareBefore
        shareAfter
        movement
        restatement
      }
      advanced
      regressed
      lateral
      unchanged
      entered
      left
    }
  }
  ${MOMENT_FIELDS}
`);

/** A comparison does not say how its statuses are known; the cross-tabulation of its two moments does. */
const bothSides = parse(/* GraphQL */ `
  query ComparisonSides(
    $subjects: SubjectKind!
    $rows: Axis!
    $columns: Axis!
    $filter: SubjectFilter
    $language: Language! = NL
  ) {
    crossTab(subjects: $subjects, rows: $rows, columns: $columns, filter: $filter) {
      ...CrossTabFields
    }
  }
  ${CROSS_TAB_FIELDS}
`);

const FIGURES = ['before', 'after', 'change', 'shareBefore', 'shareAfter', 'movement', 'restatement'] as const;
const DIRECTIONS = ['advanced', 'regressed', 'lateral', 'unchanged', 'entered', 'left'] as const;

type Figure = (typeof FIGURES)[number];

interface ComparisonFields extends Readonly<Record<(typeof DIRECTIONS)[number], number>> {
  readonly scale: { readonly key: string; readonly label: string; readonly subjectKind: keyof Words['subjects'] };
  readonly from: MomentFields;
  readonly to: MomentFields;
  readonly rows: readonly (Readonly<Record<Figure, number | null>> & {
    readonly level: { readonly key: string; readonly label: string };
  })[];
}

const isShare = (figure: Figure): boolean => figure === 'shareBefore' || figure === 'shareAfter';

const columnsOf = ({ key, level, comparison }: Words): SheetColumn[] => [
  { heading: key },
  { heading: level },
  ...FIGURES.map((figure) => ({
    heading: comparison[figure],
    ...(isShare(figure) ? { shownAs: 'percentage' as const } : {}),
  })),
];

const rowsOf = ({ rows }: ComparisonFields, { total }: Words): SheetCell[][] => [
  ...rows.map((row) => [row.level.key, row.level.label, ...FIGURES.map((figure) => row[figure])]),
  [
    null,
    total,
    ...FIGURES.map((figure) => (isShare(figure) ? null : rows.reduce((sum, row) => sum + (row[figure] ?? 0), 0))),
  ],
];

const notesOf = (compared: ComparisonFields, sides: CrossTabFields, filter: unknown, text: Words): SheetNote[] => [
  note(text.crossTab.subjects, text.subjects[compared.scale.subjectKind]),
  note(text.comparison.scale, compared.scale.key, compared.scale.label),
  note(text.filter, filterText(filter, text.none)),
  note(text.comparison.side, text.comparison.from, text.comparison.to),
  ...momentNotes([compared.from, compared.to], text),
  note(text.total, ...sides.columnTotals),
  note(text.crossTab.unassessed, ...sides.unassessed),
  note(text.crossTab.inScope, ...sides.inScope),
  ...basisNotes(basisByColumn(sides), text),
  ...DIRECTIONS.map((direction) => note(text.comparison[direction], compared[direction])),
  ...treeNotes([compared.from.tree, compared.to.tree], text),
];

export const comparisonExport: TableExport = {
  document,
  documents: [document, bothSides],
  async sheet(ask, variables: Variables, language) {
    const { comparison: compared } = await ask<{ comparison: ComparisonFields }>(document, variables);
    const { scale, from, to } = compared;
    const { crossTab: sides } = await ask<{ crossTab: CrossTabFields }>(bothSides, {
      subjects: scale.subjectKind,
      rows: { scale: scale.key },
      columns: { moments: [variables['from'], variables['to']] },
      filter: variables['filter'] ?? null,
      language,
    });
    const text = words[language];
    const title = `${text.comparison.title} ${scale.key} ${momentName(from)} – ${momentName(to)}`;
    return {
      title,
      pages: text.pages,
      columns: columnsOf(text),
      rows: rowsOf(compared, text),
      notes: [
        note(text.what, title),
        note(text.language, language),
        ...notesOf(compared, sides, variables['filter'], text),
      ],
    };
  },
};

import { parse } from 'graphql';
import type { Variables } from '../api-query.js';
import { basisNotes } from './basis-notes.js';
import { basisByColumn, CROSS_TAB_FIELDS, type CrossTabFields } from './cross-tab-fields.js';
import { MOMENT_FIELDS, momentName, momentNotes, type MomentFields } from './moment-notes.js';
import { note, type SheetCell, type SheetColumn, type SheetNote } from '../sheet.js';
import { filterText, titledSheet, type TableExport } from './table-export.js';
import { treeNotes } from './tree-notes.js';
import { labelsIn } from '../labels/index.js';
import type { Labels } from '../labels/labels.js';

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

/** The comparison has no fields for the basis of its statuses, so the cross-tabulation of its two moments supplies them. */
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
  readonly scale: { readonly key: string; readonly label: string; readonly subjectKind: keyof Labels['subjects'] };
  readonly from: MomentFields;
  readonly to: MomentFields;
  readonly rows: readonly (Readonly<Record<Figure, number | null>> & {
    readonly level: { readonly key: string; readonly label: string };
  })[];
}

const isShare = (figure: Figure): boolean => figure === 'shareBefore' || figure === 'shareAfter';

const columnsOf = ({ key, level, comparison }: Labels): SheetColumn[] => [
  { heading: key },
  { heading: level },
  ...FIGURES.map((figure) => ({
    heading: comparison[figure],
    ...(isShare(figure) ? { shownAs: 'percentage' as const } : {}),
  })),
];

const rowsOf = ({ rows }: ComparisonFields, { total }: Labels): SheetCell[][] => [
  ...rows.map((row) => [row.level.key, row.level.label, ...FIGURES.map((figure) => row[figure])]),
  [
    null,
    total,
    ...FIGURES.map((figure) => (isShare(figure) ? null : rows.reduce((sum, row) => sum + (row[figure] ?? 0), 0))),
  ],
];

const notesOf = (compared: ComparisonFields, sides: CrossTabFields, filter: unknown, labels: Labels): SheetNote[] => [
  note(labels.crossTab.subjects, labels.subjects[compared.scale.subjectKind]),
  note(labels.comparison.scale, compared.scale.key, compared.scale.label),
  note(labels.filter, filterText(filter, labels.none)),
  note(labels.comparison.side, labels.comparison.from, labels.comparison.to),
  ...momentNotes([compared.from, compared.to], labels),
  note(labels.total, ...sides.columnTotals),
  note(labels.crossTab.unassessed, ...sides.unassessed),
  note(labels.crossTab.inScope, ...sides.inScope),
  ...basisNotes(basisByColumn(sides), labels),
  ...DIRECTIONS.map((direction) => note(labels.comparison[direction], compared[direction])),
  ...treeNotes([compared.from.tree, compared.to.tree], labels),
];

export const comparisonExport: TableExport = {
  document,
  documents: [document, bothSides],
  async sheet(query, variables: Variables, language) {
    const { comparison: compared } = await query<{ comparison: ComparisonFields }>(document, variables);
    const { scale, from, to } = compared;
    const { crossTab: sides } = await query<{ crossTab: CrossTabFields }>(bothSides, {
      subjects: scale.subjectKind,
      rows: { scale: scale.key },
      columns: { moments: [variables['from'], variables['to']] },
      filter: variables['filter'] ?? null,
      language,
    });
    const labels = labelsIn[language];
    const title = `${labels.comparison.title} ${scale.key} ${momentName(from)} – ${momentName(to)}`;
    return titledSheet(title, language, {
      columns: columnsOf(labels),
      rows: rowsOf(compared, labels),
      notes: notesOf(compared, sides, variables['filter'], labels),
    });
  },
};

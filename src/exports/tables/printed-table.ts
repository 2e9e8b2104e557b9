import { parse } from 'graphql';
import type { BasisCount } from './basis-notes.js';
import { note, type SheetCell, type SheetColumn, type SheetNote } from '../sheet.js';
import { titledSheet, type TableExport } from './table-export.js';
import { TREE_FIELDS, treeNotes, type TreeFields } from './tree-notes.js';
import { labelsIn } from '../labels/index.js';
import type { Labels } from '../labels/labels.js';

/** `present` is selected for its moment alone: the moment that 'known now' refers to. */
const document = parse(/* GraphQL */ `
  query PrintedTableExport($key: ID!, $number: Int!, $language: Language! = NL) {
    report(key: $key) {
      key
      title
      publisher
      publishedOn
      period {
        key
        label(language: $language)
        referenceDate
        publications {
          position
          publishedAt
          tree {
            ...TreeFields
          }
        }
      }
      table(number: $number) {
        number
        title
        agrees
        notes(language: $language)
        cells {
          block
          row
          column
          published
          rebuilt
          difference
          agrees
          rebuiltThen
          knownNow
          verdict
          formula
          problem
          basis {
            basis
            count
          }
          restatedBy {
            position
          }
        }
      }
    }
    present: regions(first: 1) {
      moment {
        position
        tree {
          ...TreeFields
        }
      }
    }
  }
  ${TREE_FIELDS}
`);

interface PrintedCell {
  readonly block: string | null;
  readonly row: string;
  readonly column: string;
  readonly published: number;
  readonly rebuilt: number | null;
  readonly difference: number | null;
  readonly agrees: boolean;
  readonly rebuiltThen: number | null;
  readonly knownNow: number | null;
  readonly verdict: keyof Labels['verdicts'];
  readonly formula: string | null;
  readonly problem: string | null;
  readonly basis: readonly BasisCount[];
  readonly restatedBy: readonly { readonly position: string }[];
}

interface PrintedReport {
  readonly key: string;
  readonly title: string;
  readonly publisher: string;
  readonly publishedOn: string;
  readonly period: {
    readonly key: string;
    readonly label: string;
    readonly referenceDate: string;
    readonly publications: readonly {
      readonly position: string;
      readonly publishedAt: string;
      readonly tree: TreeFields;
    }[];
  } | null;
  readonly table: {
    readonly number: number;
    readonly title: string;
    readonly agrees: boolean;
    readonly notes: readonly string[];
    readonly cells: readonly PrintedCell[];
  };
}

const HEADINGS = [
  'block',
  'row',
  'column',
  'published',
  'rebuilt',
  'difference',
  'agrees',
  'verdict',
  'verdictCode',
  'rebuiltThen',
  'knownNow',
  'restatedBy',
  'basis',
  'formula',
  'problem',
] as const;

const valuesOf = (cell: PrintedCell, { verdicts, basis }: Labels): Record<(typeof HEADINGS)[number], SheetCell> => ({
  ...cell,
  verdict: verdicts[cell.verdict],
  verdictCode: cell.verdict,
  basis: cell.basis.map((grounds) => `${basis[grounds.basis]}: ${grounds.count}`).join('; ') || null,
  restatedBy: cell.restatedBy.length === 0 ? null : cell.restatedBy.map(({ position }) => position).join(' '),
});

/** The state of the log that a report is answered from. */
interface Present {
  readonly position: string;
  readonly tree: TreeFields;
}

const notesOf = (report: PrintedReport, present: Present, labels: Labels): SheetNote[] => {
  const { printed, moment, verdicts } = labels;
  const { period, table } = report;
  const [published] = period?.publications ?? [];
  return [
    note(printed.report, report.key, report.title),
    note(printed.publisher, report.publisher),
    note(printed.publishedOn, report.publishedOn),
    note(printed.number, table.number),
    note(printed.title, table.title),
    note(moment.period, period?.key ?? null),
    note(moment.periodLabel, period?.label ?? null),
    note(moment.asOf, period?.referenceDate ?? null),
    note(printed.pinned, published ? Number(published.position) : null),
    note(printed.publishedAt, published?.publishedAt ?? null),
    note(printed.knownNowAt, Number(present.position)),
    note(printed.tableAgrees, table.agrees),
    ...Object.entries(verdicts).map(([code, word]) =>
      note(`${printed.verdict}: ${word}`, table.cells.filter(({ verdict }) => verdict === code).length),
    ),
    ...table.notes.map((each) => note(printed.note, each)),
    // The pinned state, if the period was published, and the present state, which 'known now' comes from.
    ...treeNotes([...(published ? [published.tree] : []), present.tree], labels),
  ];
};

export const printedTableExport: TableExport = {
  document,
  documents: [document],
  async sheet(query, variables, language) {
    const answer = await query<{ report: PrintedReport; present: { moment: Present } }>(document, variables);
    const { report, present } = answer;
    const labels = labelsIn[language];
    const { table } = report;
    const title = `${labels.printed.report} ${report.key} ${labels.printed.table} ${table.number} ${table.title}`;
    return titledSheet(title, language, {
      columns: HEADINGS.map((name): SheetColumn => ({ heading: labels.printed[name] })),
      rows: table.cells.map((cell) => {
        const values = valuesOf(cell, labels);
        return HEADINGS.map((name) => values[name]);
      }),
      notes: notesOf(report, present.moment, labels),
    });
  },
};

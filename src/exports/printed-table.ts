import { parse } from 'graphql';
import type { BasisCount } from './bases.js';
import { note, type SheetCell, type SheetColumn, type SheetNote } from './sheet.js';
import type { TableExport } from './table-export.js';
import { TREE_FIELDS, treeNotes, type TreeFields } from './trees.js';
import { words, type Words } from './words.js';

/** 'present' is only asked for the moment that 'known now' means: what the report is answered as of. */
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
  readonly verdict: keyof Words['verdicts'];
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

const valuesOf = (cell: PrintedCell, { verdicts, basis }: Words): Record<(typeof HEADINGS)[number], SheetCell> => ({
  ...cell,
  verdict: verdicts[cell.verdict],
  verdictCode: cell.verdict,
  basis: cell.basis.map((grounds) => `${basis[grounds.basis]}: ${grounds.count}`).join('; ') || null,
  restatedBy: cell.restatedBy.length === 0 ? null : cell.restatedBy.map(({ position }) => position).join(' '),
});

/** The state that a report is answered as of. */
interface Present {
  readonly position: string;
  readonly tree: TreeFields;
}

const notesOf = (report: PrintedReport, present: Present, text: Words): SheetNote[] => {
  const { printed, moment, verdicts } = text;
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
    // The pinned state, where there is one, and the present one, which what is known now comes from.
    ...treeNotes([...(published ? [published.tree] : []), present.tree], text),
  ];
};

export const printedTableExport: TableExport = {
  document,
  documents: [document],
  async sheet(ask, variables, language) {
    const answer = await ask<{ report: PrintedReport; present: { moment: Present } }>(document, variables);
    const { report, present } = answer;
    const text = words[language];
    const { table } = report;
    const title = `${text.printed.report} ${report.key} ${text.printed.table} ${table.number} ${table.title}`;
    return {
      title,
      pages: text.pages,
      columns: HEADINGS.map((name): SheetColumn => ({ heading: text.printed[name] })),
      rows: table.cells.map((cell) => {
        const values = valuesOf(cell, text);
        return HEADINGS.map((name) => values[name]);
      }),
      notes: [note(text.what, title), note(text.language, language), ...notesOf(report, present.moment, text)],
    };
  },
};

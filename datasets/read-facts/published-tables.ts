import { readFact } from './facts-file.js';

/** A reporting period of the progress reports, such as '2020-10'. */
type PeriodId = '2019-03' | '2019-10' | '2020-03' | '2020-10';

interface PeriodTable<Number extends number, Row> {
  readonly table: Number;
  readonly subject: string;
  readonly title: string;
  readonly periods: readonly PeriodId[];
  /** Each row's counts stand in the order of `periods`. */
  readonly rows: readonly (Row & { readonly counts: readonly number[] })[];
  readonly totals: readonly number[];
}

/** Tables 1 to 3: regions by phase. */
type PhaseTable<N extends 1 | 2 | 3 = 1 | 2 | 3> = PeriodTable<
  N,
  { readonly phase: number; readonly label: string }
> & {
  readonly scale: 'AGREEMENTS' | 'DYNAMICS' | 'VISION';
};

/** Table 4: projects by rubric and care office. */
interface CareOfficeTable {
  readonly table: 4;
  readonly subject: string;
  readonly title: string;
  readonly period: PeriodId;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly rubric: string; readonly counts: readonly number[]; readonly total: number }[];
  readonly columnTotals: readonly number[];
  readonly total: number;
}

/** Table 7: projects by rubric and start; its columns mix counts and percentages. */
interface StartTable {
  readonly table: 7;
  readonly subject: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly rubric: string; readonly counts: readonly number[] }[];
  readonly totals: readonly number[];
}

/** Table 12: three measures of the projects of one rubric. */
interface RubricTable {
  readonly table: 12;
  readonly subject: string;
  readonly title: string;
  readonly filter: { readonly rubric: string };
  readonly periods: readonly PeriodId[];
  readonly blocks: readonly {
    readonly measure: 'impact' | 'shareability' | 'scalability';
    readonly rows: readonly (readonly [label: string, counts: readonly number[]])[];
    readonly totals: readonly number[];
  }[];
}

export type PublishedTable =
  | PhaseTable<1>
  | PhaseTable<2>
  | PhaseTable<3>
  | CareOfficeTable
  | PeriodTable<5, { readonly band: string }>
  | PeriodTable<6, { readonly status: string }>
  | StartTable
  | PeriodTable<8, { readonly impact: string }>
  | PeriodTable<10, { readonly shareability: string }>
  | PeriodTable<11, { readonly scalability: string }>
  | RubricTable;

/** The printed tables of the progress report of January 2021, as printed. */
export interface PublishedTables {
  readonly source: { readonly title: string; readonly publisher: string; readonly published: string };
  readonly periods: readonly { readonly id: PeriodId; readonly label: string; readonly note?: string }[];
  readonly notes: readonly string[];
  readonly tables: readonly PublishedTable[];
  readonly phaseScales: Readonly<
    Record<
      PhaseTable['scale'],
      {
        readonly nl: string;
        readonly en: string;
        readonly phases: readonly { readonly phase: number; readonly nl: string; readonly definition: string }[];
      }
    >
  >;
}

export function readPublishedTables(): PublishedTables {
  return JSON.parse(readFact('published-tables.json')) as PublishedTables;
}

/** The table with the printed number, typed by it; a report without that table is an error. */
export function publishedTable<N extends PublishedTable['table']>(
  tables: PublishedTables,
  number: N,
): Extract<PublishedTable, { table: N }> {
  const found = tables.tables.find(({ table }) => table === number);
  if (found === undefined) throw new Error(`The report prints no table ${number}`);
  return found as Extract<PublishedTable, { table: N }>;
}

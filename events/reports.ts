import { Type, type Static } from 'typebox';
import { defineEvent } from './define-event.js';
import { firstVersion } from './schema-versions.js';
import { namedBy } from './home-stream.js';
import { closed, FreeText, Key, Label, nullable } from './primitives.js';

/** An expression over counts of subjects (see events/formula and docs/formulas.md); null where no history answers it. */
const Formula = nullable(FreeText);

export const PrintedCell = Type.Object(
  {
    /** The heading above a group of rows, where the table has such groups. */
    block: nullable(FreeText),
    row: FreeText,
    column: FreeText,
    published: Type.Number(),
    /** Digits printed after the decimal point: a figure agrees when it is the same after rounding to these. */
    decimals: Type.Integer({ minimum: 0, maximum: 6 }),
    formula: Formula,
  },
  closed,
);
export type PrintedCell = Static<typeof PrintedCell>;

export const PrintedTable = Type.Object(
  {
    number: Type.Integer({ minimum: 1 }),
    title: FreeText,
    cells: Type.Array(PrintedCell, { minItems: 1, maxItems: 2000 }),
    /** What is to be known about it beside its figures: said about the report, not by it, so in both languages. */
    notes: Type.Array(Label),
  },
  closed,
);
export type PrintedTable = Static<typeof PrintedTable>;

/** How the sentence qualifies its figure: 'exactly', 'about', 'nearly' (just under it), 'over' (just above it). */
export const Qualifier = Type.Enum(['EXACTLY', 'ABOUT', 'NEARLY', 'OVER']);
export type Qualifier = Static<typeof Qualifier>;

export const PrintedClaim = Type.Object(
  {
    key: Key,
    text: Label,
    claimed: Type.Number(),
    qualifier: Qualifier,
    unit: FreeText,
    formula: Formula,
    source: FreeText,
  },
  closed,
);
export type PrintedClaim = Static<typeof PrintedClaim>;

export const reportStream = (key: string) => `report-${key}`;

export const ReportPublished = defineEvent('ReportPublished', {
  meaning: 'A report as printed: its tables cell by cell and the sentences that state a figure.',
  versions: firstVersion(
    Type.Object(
      {
        key: Key,
        title: FreeText,
        publisher: FreeText,
        publishedOn: Type.String({ format: 'partial-date' }),
        period: nullable(Key),
        tables: Type.Array(PrintedTable, { maxItems: 100 }),
        claims: Type.Array(PrintedClaim, { maxItems: 500 }),
      },
      closed,
    ),
  ),
  home: namedBy(reportStream, 'key'),
});

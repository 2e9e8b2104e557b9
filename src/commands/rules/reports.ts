import type { PrintedCell } from '../../../events/reports.js';
import { refuse } from '../refusal.js';
import { formulasAreReadable } from './formulas.js';
import { defineRules, type Rule } from '../define-rules.js';

const reportIsNew: Rule<'ReportPublished'> = (model, { data: { key } }) =>
  model.hasReport(key) ? refuse('ALREADY_PUBLISHED', 'key', `Report '${key}' is published already.`) : null;

const reportsDefinedPeriod: Rule<'ReportPublished'> = (model, { data: { period } }) =>
  period === null || model.referenceDate(period) !== undefined
    ? null
    : refuse('UNKNOWN_PERIOD', 'period', `Period '${period}' is not defined.`);

/** The first of these that comes a second time. */
function repeated<T>(items: readonly T[], nameOf: (item: T) => string): T | undefined {
  const seen = new Set<string>();
  return items.find((item) => {
    const name = nameOf(item);
    if (seen.has(name)) return true;
    seen.add(name);
    return false;
  });
}

const placeOf = ({ block, row, column }: PrintedCell): string => JSON.stringify([block, row, column]);

const inWords = ({ block, row, column }: PrintedCell): string =>
  `row '${row}', column '${column}'${block === null ? '' : ` under '${block}'`}`;

/** Tables are asked for by number, claims by key, and a figure is found by its place in the table. */
const reportNamesEachPartOnce: Rule<'ReportPublished'> = (_, { data: { tables, claims } }) => {
  const table = repeated(tables, ({ number }) => String(number));
  if (table) {
    return refuse(
      'STATED_TWICE',
      'tables',
      `Table ${table.number} stands in the report twice; a number is one table's.`,
    );
  }
  for (const { number, cells } of tables) {
    const cell = repeated(cells, placeOf);
    if (cell) return refuse('STATED_TWICE', 'tables', `Table ${number} has two figures in ${inWords(cell)}.`);
  }
  const claim = repeated(claims, ({ key }) => key);
  return claim
    ? refuse('STATED_TWICE', 'claims', `Claim '${claim.key}' stands in the report twice; a key is one claim's.`)
    : null;
};

/** A figure with more digits than are said to be printed could never agree. */
const figuresHaveTheirDecimals: Rule<'ReportPublished'> = (_, { data: { tables } }) => {
  for (const { number, cells } of tables) {
    const cell = cells.find(({ published, decimals }) => Number(published.toFixed(decimals)) !== published);
    if (!cell) continue;
    const { published, decimals } = cell;
    return refuse(
      'PRECISION_DIFFERS',
      'tables',
      `Table ${number} has ${published} in ${inWords(cell)}, which is more digits than its decimals, ${decimals}, allow.`,
    );
  }
  return null;
};

export const reportPublishedRules = defineRules(
  'ReportPublished',
  reportIsNew,
  reportsDefinedPeriod,
  reportNamesEachPartOnce,
  figuresHaveTheirDecimals,
  formulasAreReadable,
);

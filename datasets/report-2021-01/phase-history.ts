import { publishedTable, readPublishedTables } from '../read-facts/published-tables.js';
import { readRegions } from '../read-facts/regions.js';
import type { PhaseScale } from '../vocabulary/phases.js';
import type { PeriodId } from './periods.js';

const tables = readPublishedTables();
const regions = readRegions();

/** The table that prints the totals of each regional scale. */
export const phaseTables: readonly { readonly table: 1 | 2 | 3; readonly scale: PhaseScale }[] = [
  { table: 1, scale: 'AGREEMENTS' },
  { table: 2, scale: 'DYNAMICS' },
  { table: 3, scale: 'VISION' },
];

const annexColumn = { AGREEMENTS: 'agreements', DYNAMICS: 'dynamics', VISION: 'vision' } as const;

/** Every region's phase, by place in the annex; the last period's as printed there, the others' reconstructed. */
export function phasesIn(period: PeriodId, scale: PhaseScale): number[] {
  const printed = regions.map((region) => region[annexColumn[scale]]);
  if (period === '2020-10') return printed;
  const ranked = rankedByEnd(printed);
  const dealt = highestFirst(period, scale);
  if (dealt.length !== ranked.length) throw new Error(`The totals of ${scale} in ${period} do not cover every region.`);
  const phases: number[] = [];
  for (const [rank, region] of ranked.entries()) phases[region] = dealt[rank] as number;
  return phases;
}

/** The regions' places in the annex, highest end phase first, and ties in the annex's order. */
const rankedByEnd = (printed: readonly number[]): number[] =>
  [...printed.keys()].sort((a, b) => (printed[b] as number) - (printed[a] as number) || a - b);

/** One entry per region for the printed totals of a period: each phase as often as it is printed, highest first. */
function highestFirst(period: PeriodId, scale: PhaseScale): number[] {
  const number = phaseTables.find((each) => each.scale === scale)?.table ?? 1;
  const { rows, periods } = publishedTable<1 | 2 | 3>(tables, number);
  const column = periods.indexOf(period);
  return rows
    .flatMap(({ phase, counts }) => Array.from({ length: counts[column] ?? 0 }, () => phase))
    .sort((a, b) => b - a);
}

import { describe, expect, test } from 'vitest';
import { publishedTable, readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { phasesIn, phaseTables } from '../../datasets/report-2021-01/phase-history.js';
import { periods } from '../../datasets/report-2021-01/periods.js';

describe.each(phaseTables)('the reconstructed phases of table $table', ({ table, scale }) => {
  const { rows, periods: columns } = publishedTable<1 | 2 | 3>(readPublishedTables(), table);

  test.each(columns)('have the printed totals of %s', (period) => {
    const phases = phasesIn(period, scale);
    for (const { phase, counts } of rows) {
      expect(phases.filter((each) => each === phase)).toHaveLength(counts[columns.indexOf(period)] ?? 0);
    }
  });

  test('never move backwards', () => {
    const histories = periods.map(({ key }) => phasesIn(key, scale));
    for (const region of readRegions().keys()) {
      const history = histories.map((phases) => phases[region] ?? 0);
      expect(history).toEqual(history.toSorted((a, b) => a - b));
    }
  });
});

test('of regions that end equal, the first in the annex is ahead', () => {
  // Two regions had made strategic choices in October 2019: the first two of annex 1 that had by October 2020.
  const phases = phasesIn('2019-10', 'VISION');
  const ahead = readRegions().filter((_, place) => phases[place] === 5);
  expect(ahead.map(({ region }) => region)).toEqual(['Zeeland', 'West-Brabant']);
});

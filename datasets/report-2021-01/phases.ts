import { regionStream } from '../../events/subjects.js';
import type { Entry } from '../entry.js';
import { readRegions, type Region } from '../read-facts/regions.js';
import { regionKey } from '../reconstruction/known-projects.js';
import { statement, type Grounds } from './grounds.js';
import { columnHead, type Period, type PeriodId } from './periods.js';
import { phasesIn, phaseTables } from './phase-history.js';
import { placeInAnnex } from './regions.js';
import { phaseScaleKeys } from './scales.js';
import { inReport } from './sources.js';

function groundsOf(period: PeriodId, table: number, region: Region): Grounds {
  if (period === '2020-10') return { basis: 'PUBLISHED', evidence: [inReport(placeInAnnex(region))], reason: null };
  return {
    basis: 'RECONSTRUCTED',
    evidence: [inReport(`table ${table}, column ${columnHead(period)}`)],
    reason:
      'The level was reconstructed from printed totals that name no region, and the time of recording is assumed.',
  };
}

/** The phase of every region on every scale in a period. Each period is an assessment: it states what did not change too. */
export function phaseEntries({ key: period, referenceDate }: Period): Entry[] {
  const scales = phaseTables.map(({ table, scale }) => ({
    table,
    key: phaseScaleKeys[scale],
    phases: phasesIn(period, scale),
  }));
  return readRegions().flatMap((region, place) =>
    scales.map(({ table, key, phases }): Entry =>
      statement(
        regionStream(regionKey(region.region, region.subregion)),
        { scale: key, level: String(phases[place]), effectiveOn: referenceDate },
        groundsOf(period, table, region),
      ),
    ),
  );
}

import { regionStream } from '../../events/subjects.js';
import type { Entry } from '../entry.js';
import { readRegions, type Region } from '../read-facts/regions.js';
import { regionKey } from '../reconstruction/known-projects.js';
import { careOfficeKeyOf } from '../vocabulary/projects.js';
import { statement, type Grounds } from './grounds.js';
import { MONITORED_SINCE, monitoredSince } from './monitoring.js';
import { inReport } from './sources.js';

/** A region or subregion of annex 1, or a region that the annex lists by its subregions only. */
interface RegisteredRegion {
  readonly key: string;
  readonly name: string;
  readonly parent: string | null;
  readonly careOffice: string;
  /** As the annex names it. */
  readonly place: string;
}

/** The place in annex 1 where a (sub)region stands. */
export const placeInAnnex = ({ region, subregion }: Pick<Region, 'region' | 'subregion'>): string =>
  `annex 1, ${region}${subregion === null ? '' : `, ${subregion}`}`;

/** In the annex's order; a region that has subregions stands before the first of them. */
function registeredRegions(): RegisteredRegion[] {
  const registered = new Map<string, RegisteredRegion>();
  for (const { region, subregion, careOffice } of readRegions()) {
    const whole = { region, subregion: null };
    for (const each of subregion === null ? [whole] : [whole, { region, subregion }]) {
      const key = regionKey(each.region, each.subregion);
      if (registered.has(key)) continue;
      registered.set(key, {
        key,
        name: each.subregion ?? each.region,
        parent: each.subregion === null ? null : regionKey(region, null),
        careOffice: careOfficeKeyOf(careOffice),
        place: placeInAnnex(each),
      });
    }
  }
  return [...registered.values()];
}

/** The annex prints no care offices; the text confirms what its order tells. */
const careOfficeGrounds: Grounds = {
  basis: 'RECONSTRUCTED',
  evidence: [
    inReport(
      'annex 1, order of the regions: CZ, De Friesland, ENO, Menzis, VGZ, Zorg en Zekerheid, Zilveren Kruis, one after the other',
    ),
    inReport(
      'text on Haaglanden’s neighbours, Brabant, Utrecht, Zuid-Holland Noord and Amstelland/Meerlanden, which agrees with that order',
    ),
  ],
  reason: 'Read from the order in which the annex lists the regions; that it held from the first day is assumed.',
};

const entriesOf = ({ key, name, parent, careOffice, place }: RegisteredRegion): Entry[] => {
  const stream = regionStream(key);
  const effectiveOn = MONITORED_SINCE;
  const evidence = [inReport(place)];
  const printed: Entry[] = [
    { stream, type: 'RegionRegistered', data: { key, registeredOn: effectiveOn, ...monitoredSince } },
    { stream, type: 'RegionNamed', data: { name, effectiveOn, reason: null, evidence } },
  ];
  if (parent !== null) {
    const grounds = { basis: 'PUBLISHED', evidence, reason: null } as const;
    printed.push(statement(stream, { scale: 'parent', level: parent, effectiveOn }, grounds));
  }
  return [...printed, statement(stream, { scale: 'care-office', level: careOffice, effectiveOn }, careOfficeGrounds)];
};

export const regionEntries = (): Entry[] => registeredRegions().flatMap(entriesOf);

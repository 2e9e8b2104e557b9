import * as fc from 'fast-check';
import { everRegistered } from '../ask.js';
import type { Filter } from '../fold/filter.js';
import type { Log } from '../fold/log.js';
import { scalesAt } from '../fold/scales.js';

/** A filter before it is known what there is to filter by: numbers choose among what the log holds. */
export interface FilterPick {
  readonly keys: readonly number[] | null;
  readonly where: readonly { readonly scale: number; readonly levels: readonly number[] }[] | null;
  readonly nameContains: string | null;
  readonly careOffice: readonly number[] | null;
  readonly region: readonly number[] | null;
}

const some = fc.array(fc.nat(5), { maxLength: 3 });
const often = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 4 });

/** Mostly one condition or none: several at once leave few subjects to count. */
export const filterPick: fc.Arbitrary<FilterPick> = fc
  .record({
    keys: often(some),
    where: often(fc.array(fc.record({ scale: fc.nat(7), levels: some }), { minLength: 1, maxLength: 2 })),
    nameContains: often(fc.constantFrom('noord', 'ZUID', 'o', 'één', 'project', '-')),
    careOffice: often(some),
    region: often(some),
    only: fc.constantFrom('keys', 'where', 'nameContains', 'careOffice', 'region', 'all', 'none'),
  })
  .map(({ only, ...all }) => {
    const none = { keys: null, where: null, nameContains: null, careOffice: null, region: null };
    return only === 'all' ? all : only === 'none' ? none : { ...none, [only]: all[only] };
  });

const choose = (from: readonly string[], numbers: readonly number[]): string[] => [
  ...new Set(numbers.flatMap((number) => from[number % from.length] ?? [])),
];

export function filterFrom(log: Log, kind: 'REGION' | 'PROJECT', pick: FilterPick): Filter {
  const organisations = everRegistered(log, 'OrganisationRegistered');
  const regions = everRegistered(log, 'RegionRegistered');
  const subjects = kind === 'REGION' ? regions : everRegistered(log, 'ProjectRegistered');
  const scales = scalesAt(log, log.length).filter(
    ({ key, subjectKind }) => key !== 'care-office' && subjectKind === kind,
  );
  const conditions = [
    ...scales.map(({ key, levels }) => ({ scale: key, from: levels.map((level) => level.key) })),
    { scale: 'care-office', from: organisations },
    ...(kind === 'REGION' ? [{ scale: 'parent', from: regions }] : [{ scale: 'regions', from: [...regions, 'r1,r2'] }]),
  ];
  const where = (pick.where ?? []).map(({ scale, levels }) => {
    const condition = conditions[scale % conditions.length] as (typeof conditions)[number];
    return { scale: condition.scale, in: choose(condition.from, levels) };
  });
  return {
    ...(pick.keys ? { keys: choose(subjects, pick.keys) } : {}),
    ...(pick.where ? { where } : {}),
    ...(pick.nameContains === null ? {} : { nameContains: pick.nameContains }),
    ...(pick.careOffice ? { careOffice: choose(organisations, pick.careOffice) } : {}),
    ...(pick.region ? { region: choose(regions, pick.region) } : {}),
  };
}

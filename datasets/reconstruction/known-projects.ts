import type { NamedProject } from '../read-facts/named-projects.js';
import type { Region } from '../read-facts/regions.js';
import { careOfficeKeyOf, levelKeyOf } from '../vocabulary/projects.js';
import { shortened, slug } from './slug.js';

/** What the text says of a named project, in keys. */
export interface KnownProject {
  readonly key: string;
  readonly name: string;
  readonly summary: string | null;
  readonly regions: readonly string[];
  readonly careOffice: string;
  readonly rubric: string;
  /** Null when the text gives no year. */
  readonly start: string | null;
  /** Whether the text places it before March 2020, so that it cannot have been registered only later. */
  readonly registeredByMarch: boolean;
  /** Whether the text lets its work start in a later month of 2020, so that it rather was not running in March. */
  readonly startsAfterMarch: boolean;
  /** Whether the text says that what it was for took place before 2020, so that it rather was finished by March. */
  readonly overByMarch: boolean;
}

const KEY_LENGTH = 60;

/** The key of a (sub)region: 'twente', 'arnhem-food-valley'; subregion 'Arnhem' of Arnhem is 'arnhem-arnhem'. */
export const regionKey = (region: string, subregion: string | null): string =>
  slug(subregion === null ? region : `${region} ${subregion}`);

/** The region itself and the subregions of it that the facts add ('with subregion Food Valley'). */
function regionsOf({ project, region, subregion, facts }: NamedProject, regions: readonly Region[]): Region[] {
  const also = [...(facts ?? '').matchAll(/with subregion ([^;]+)/g)].map(([, name]) => name?.trim() ?? '');
  return [subregion, ...also].map((name) => {
    const found = regions.find((each) => each.region === region && each.subregion === name);
    if (found === undefined)
      throw new Error(`Project '${project}' runs in '${region}', '${name ?? ''}', not in annex 1`);
    return found;
  });
}

function startOf({ project, started }: NamedProject): string | null {
  if (started === null) return null;
  if (started === '2018' || started === '2019') return '2018-2019';
  if (started === '2020' || started === '2021') return started;
  throw new Error(`Project '${project}' started in '${started}', which is no start that table 7 knows`);
}

/** Whether a text mentions a date before March 2020: a year, a year and month, or a month and year. */
export function datedBeforeMarch2020(text: string): boolean {
  const years = [...text.matchAll(/\b(20\d\d)\b/g)].map(([year]) => Number(year));
  return years.some((year) => year < 2020) || /\b2020-0[12]\b|\b(January|February) 2020\b/.test(text);
}

const startsAfterMarch2020 = (text: string): boolean =>
  /\bstarted (in )?(April|May|June|July|August|September|October|November|December) 2020\b/.test(text);

/** Keys in the same order: the name, with its region or subregion where the name alone is not enough. */
function keysOf(named: readonly NamedProject[]): string[] {
  const wordings = [
    (): string => '',
    ({ region }: NamedProject): string => `-${slug(region)}`,
    ({ region, subregion }: NamedProject): string => `-${regionKey(region, subregion)}`,
  ].map((suffix) =>
    named.map((each) => shortened(slug(each.project), KEY_LENGTH - suffix(each).length) + suffix(each)),
  );
  return named.map(({ project }, at) => {
    const unique = wordings.find((keys) => keys.indexOf(keys[at] ?? '') === keys.lastIndexOf(keys[at] ?? ''));
    if (unique?.[at] === undefined) throw new Error(`Two projects are named '${project}' in the same region`);
    return unique[at];
  });
}

/** Reads the named projects as keys; a region or rubric that the report does not know is an error in the facts. */
export function knownProjects(named: readonly NamedProject[], regions: readonly Region[]): KnownProject[] {
  const keys = keysOf(named);
  return named.map((each, at) => {
    const places = regionsOf(each, regions);
    const start = startOf(each);
    return {
      key: keys[at] as string,
      name: each.project,
      summary: each.facts,
      regions: places.map(({ region, subregion }) => regionKey(region, subregion)),
      careOffice: careOfficeKeyOf(places[0]?.careOffice ?? ''),
      rubric: levelKeyOf('rubric', each.rubric),
      start,
      registeredByMarch: start === '2018-2019' || datedBeforeMarch2020(each.facts ?? ''),
      startsAfterMarch: startsAfterMarch2020(each.facts ?? ''),
      overByMarch: /\bheld in 201\d\b/.test(each.facts ?? ''),
    };
  });
}

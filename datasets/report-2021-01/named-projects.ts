import type { Evidence } from '../../events/primitives.js';
import { readNamedProjects, type NamedProject } from '../read-facts/named-projects.js';
import { readRegions } from '../read-facts/regions.js';
import { knownProjects } from '../reconstruction/known-projects.js';
import { evidenceOf, inReport } from './sources.js';

/** What the texts say of a project that they name. */
export interface TextOnProject {
  readonly evidence: Evidence[];
  /** The year in which it started, where one is printed. */
  readonly started: string | null;
}

/** The numbers of the articles that a project's facts were taken from, instead of annex 2: '000 and 003'. */
const articles = /\b00\d( and 00\d)*\b/;

function evidenceFor({ region, subregion, facts }: NamedProject): Evidence[] {
  const [numbers] = articles.exec(facts ?? '') ?? [];
  if (numbers !== undefined) return evidenceOf(numbers);
  return [inReport(`annex 2, ${region}${subregion === null ? '' : `, ${subregion}`}`)];
}

/** By the key of the project. */
export const textOnProjects = (): ReadonlyMap<string, TextOnProject> => {
  const named = readNamedProjects();
  return new Map(
    knownProjects(named, readRegions()).map(({ key }, at) => {
      const facts = named[at] as NamedProject;
      return [key, { evidence: evidenceFor(facts), started: facts.started }];
    }),
  );
};

/** What the facts say of a project, without the numbers of their sources: those are its evidence. */
export const withoutSources = (facts: string | null): string | null =>
  facts
    ?.split('; ')
    .filter((part) => !articles.test(part))
    .join('; ') ?? null;

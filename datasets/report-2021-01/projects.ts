import { projectStream } from '../../events/subjects.js';
import { regionsValue } from '../../events/reserved-scales.js';
import type { Entry } from '../entry.js';
import { readNamedProjects, readRegions } from '../facts.js';
import { knownProjects, type KnownProject } from '../reconstruction/named.js';
import { evidenceOf } from './sources.js';

/** A project that a milestone is about: how the milestones call it, and what dates it. */
export interface DatedProject {
  readonly calledInMilestones: string;
  readonly key: string;
  /** The first day of the month of its first milestone. */
  readonly registeredOn: string;
  readonly source: string;
}

export const datedProjects: readonly DatedProject[] = [
  {
    calledInMilestones: 'RVWO (Zuid-Holland Noord)',
    key: 'radicale-vernieuwing-waarde-vol-onderwijs-rvwo',
    registeredOn: '2018-05-01',
    source: '003',
  },
  {
    calledInMilestones: 'Teamreflectie (Midden-Brabant)',
    key: 'teamreflectie',
    registeredOn: '2020-04-01',
    source: '001 annex 2',
  },
  {
    calledInMilestones: 'Nieuwkomers (Arnhem)',
    key: 'nieuwkomers',
    registeredOn: '2020-09-01',
    source: '001 annex 2',
  },
];

/** What the facts say of a project, without the numbers of their sources: those are the evidence. */
const withoutSources = (facts: string | null): string | null =>
  facts
    ?.split('; ')
    .filter((part) => !/\b00\d\b/.test(part))
    .join('; ') ?? null;

function entriesOf({ key, registeredOn, source }: DatedProject, { name, summary, regions }: KnownProject): Entry[] {
  const stream = projectStream(key);
  const evidence = evidenceOf(source);
  const reason =
    'When the project was registered is not printed: the first day of the month of its first milestone is assumed.';
  return [
    {
      stream,
      type: 'ProjectRegistered',
      data: { key, registeredOn, summary: withoutSources(summary), reason, evidence },
    },
    { stream, type: 'ProjectNamed', data: { name, effectiveOn: registeredOn, reason: null, evidence } },
    {
      stream,
      type: 'StatusStated',
      data: {
        scale: 'regions',
        level: regionsValue(regions),
        effectiveOn: registeredOn,
        basis: 'PUBLISHED',
        evidence,
        reason: null,
      },
    },
  ];
}

/** The projects that milestones are about. */
export function projectEntries(): Entry[] {
  const known = knownProjects(readNamedProjects(), readRegions());
  return datedProjects.flatMap((dated) => {
    const project = known.find(({ key }) => key === dated.key);
    if (!project) throw new Error(`The facts name no project with key '${dated.key}'.`);
    return entriesOf(dated, project);
  });
}

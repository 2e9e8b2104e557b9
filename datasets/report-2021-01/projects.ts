import type { Evidence } from '../../events/primitives.js';
import { regionsValue } from '../../events/reserved-scales.js';
import { projectStream } from '../../events/subjects.js';
import type { Entry } from '../entry.js';
import type { ReconstructedProject } from '../reconstruction/reconstruct-projects.js';
import type { ProjectPeriod } from '../reconstruction/types.js';
import { fromCounts, statement, type Grounds } from './grounds.js';
import { textOnProjects, type TextOnProject } from './named-projects.js';
import { columnHead } from './periods.js';
import { registrationOf } from './project-registration.js';
import { reconstructedProjects } from './reconstructed.js';
import { inReport } from './sources.js';

/** How the levels are known that are stated once, from registration on. */
function lastingGrounds({ named }: ReconstructedProject, text: TextOnProject | undefined) {
  const start = fromCounts('table 7');
  if (!named || !text) return { careOffice: fromCounts('table 4'), rubric: fromCounts('tables 4 and 7'), start };
  const { evidence, started } = text;
  const careOffice: Grounds = {
    basis: 'RECONSTRUCTED',
    evidence: [inReport('annex 1, order of the regions')],
    reason: 'It is the care office of the project’s region.',
  };
  const rubric: Grounds = {
    basis: 'RECONSTRUCTED',
    evidence: [...evidence, inReport('table 4')],
    reason: 'Our reading of the text, which prints no rubric; it fits the counts.',
  };
  const printed: Grounds = { basis: 'PUBLISHED', evidence, reason: null };
  return { careOffice, rubric, start: started === null ? start : printed };
}

/** Where a project is named or, of one that is not, where it is counted. */
const evidenceOn = (project: ReconstructedProject, text: TextOnProject | undefined): Evidence[] =>
  text ? text.evidence : [inReport(`table 6, column ${columnHead(project.registeredBy)}`)];

function entriesOf(project: ReconstructedProject, text: TextOnProject | undefined): Entry[] {
  const { key, name, regions, careOffice, rubric, start } = project;
  const stream = projectStream(key);
  const evidence = evidenceOn(project, text);
  const { registeredOn, reason } = registrationOf(project, text?.started ?? null);
  const grounds = lastingGrounds(project, text);
  const state = (scale: string, level: string, on: Grounds): Entry =>
    statement(stream, { scale, level, effectiveOn: registeredOn }, on);
  return [
    {
      stream,
      type: 'ProjectRegistered',
      data: { key, registeredOn, summary: null, reason, evidence },
    },
    {
      stream,
      type: 'ProjectNamed',
      data: {
        name,
        effectiveOn: registeredOn,
        reason: text ? null : 'The report does not name it: a number tells it from the others.',
        evidence,
      },
    },
    ...(regions.length === 0
      ? []
      : [state('regions', regionsValue(regions), { basis: 'PUBLISHED', evidence, reason: null })]),
    state('care-office', careOffice, grounds.careOffice),
    state('rubric', rubric, grounds.rubric),
    state('start', start, grounds.start),
  ];
}

/** The projects that had been registered by this period and by none before. */
export function projectEntries(period: ProjectPeriod): Entry[] {
  const texts = textOnProjects();
  return reconstructedProjects()
    .filter(({ registeredBy }) => registeredBy === period)
    .flatMap((project) => entriesOf(project, texts.get(project.key)));
}

import { readNamedProjects } from '../../datasets/read-facts/named-projects.js';
import { readPublishedTables, type PublishedTable } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { reconstructProjects, type ReconstructedProject } from '../../datasets/reconstruction/reconstruct-projects.js';
import type { EventContent } from '../../events/domain-event.js';
import { currentVersion } from '../../events/event-types.js';
import type { Json } from '../../events/envelope.js';
import { newEventId } from '../../src/event-store/event-id.js';
import type { TestApi } from '../support/test-api.js';
import { tabulate } from '../datasets/tabulate.js';

type Project = ReconstructedProject;

/** Something that became known of one project after the report: as an event, and as what it makes of the project. */
export interface News {
  readonly project: Project;
  event(api: TestApi): Promise<EventContent>;
  change(project: Project): Project;
  /** Not counted any more in October 2020. */
  readonly gone?: true;
}

const facts = readPublishedTables();
const { projects } = reconstructProjects({ tables: facts, named: readNamedProjects(), regions: readRegions() });

/** The first unnamed project that answers to the description and that no other news is about. */
const found = (taken: readonly Project[], wanted: (project: Project) => boolean): Project => {
  const project = projects.find((each) => !each.named && !taken.includes(each) && wanted(each));
  if (!project) throw new Error('No project answers to the description.');
  return project;
};

/** The event that stated a project's level on a scale from a date. */
async function statedBy(api: TestApi, { key }: Project, scale: string, effectiveOn: string): Promise<string> {
  const events = await api.log.readStream(`project-${key}`, -1, 100);
  const event = events.find(({ data }) => {
    const { scale: of, effectiveOn: from } = data as Record<string, Json>;
    return of === scale && from === effectiveOn;
  });
  if (!event) throw new Error(`Nothing was stated of ${key} on ${scale}.`);
  return event.id;
}

const inOctober = (project: Project, change: object): Project => ({
  ...project,
  levels: { ...project.levels, '2020-10': { ...project.levels['2020-10'], ...change } as never },
});

const running = (project: Project): boolean => project.levels['2020-10']?.status === 'running';

const finishing = found([], (each) => running(each) && each.rubric === 'technologie');
const late = found([finishing], ({ levels }) => levels['2020-10']?.participation === null);
const retiring = found([finishing, late], (each) => running(each) && each.start === '2018-2019');
const misjudged = found([finishing, late, retiring], ({ levels }) => levels['2020-03']?.impact === 'unknown');

const grounds = { basis: 'OBSERVED' as const, evidence: [], reason: 'Learned after the report.' };

/** A correction of October, a late statement, a retirement before October, and a correction of March. */
export const allNews: readonly News[] = [
  {
    project: finishing,
    event: async (api) => ({
      type: 'StatusCorrected',
      data: {
        corrects: await statedBy(api, finishing, 'status', '2020-11-01'),
        scale: 'status',
        level: 'finished-successful',
        effectiveOn: '2020-11-01',
        ...grounds,
      },
    }),
    change: (project) => inOctober(project, { status: 'finished-successful' }),
  },
  {
    project: late,
    event: async () => ({
      type: 'StatusStated',
      data: { scale: 'participation', level: '4-6', effectiveOn: '2020-10-15', ...grounds },
    }),
    change: (project) => inOctober(project, { participation: '4-6' }),
  },
  {
    project: retiring,
    event: async () => ({
      type: 'ProjectRetired',
      data: { retiredOn: '2020-06-01', reason: 'Learned after the report.', evidence: [] },
    }),
    change: (project) => ({ ...project, levels: { ...project.levels, '2020-10': null } }),
    gone: true,
  },
  {
    project: misjudged,
    event: async (api) => ({
      type: 'StatusCorrected',
      data: {
        corrects: await statedBy(api, misjudged, 'impact', '2020-03-31'),
        scale: 'impact',
        level: 'small-great',
        effectiveOn: '2020-03-31',
        ...grounds,
      },
    }),
    change: (project) => ({
      ...project,
      levels: {
        ...project.levels,
        '2020-03': project.levels['2020-03'] && { ...project.levels['2020-03'], impact: 'small-great' },
      },
    }),
  },
];

/** Appends an event of the program to the log. */
export async function record(api: TestApi, stream: string, { type, data }: EventContent): Promise<string> {
  const [event] = await api.append([
    {
      id: newEventId(api.clock.now),
      stream,
      type,
      schemaVersion: currentVersion(type),
      actor: 'somebody',
      correlationId: 'later-news',
      causationId: null,
      data,
    },
  ]);
  return String(event?.position);
}

/** The printed tables as they would have been printed with this news: counted anew, knowing nothing of the program. */
export function tablesWith(news: readonly News[]): PublishedTable[] {
  const changed = projects.map((project) =>
    news.reduce((so, { project: about, change }) => (about.key === so.key ? change(so) : so), project),
  );
  const present = changed.filter(({ key }) => !news.some(({ project, gone }) => gone && project.key === key));
  const byPeriod = tabulate(facts, changed).tables;
  const ofOctober = tabulate(facts, present).tables;
  // Tables 4 and 7 are counted of whoever is there in October; the others judge each period by itself.
  return byPeriod.map((table, at) =>
    table.table === 4 || table.table === 7 ? (ofOctober[at] as PublishedTable) : table,
  );
}

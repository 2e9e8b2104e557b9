import { programmeStream, type DatePrecision } from '../../events/milestones.js';
import { projectStream, regionStream } from '../../events/subjects.js';
import type { Entry } from '../entry.js';
import { readMilestones, type MilestoneFact } from '../read-facts/milestones.js';
import { readRegions } from '../read-facts/regions.js';
import { regionKey } from '../reconstruction/known-projects.js';
import { projectOfMilestone } from './dated-projects.js';
import { evidenceOf } from './sources.js';

/** The article that came out after the report. */
const LATER_SOURCE = '002';

const precisions: Readonly<Record<MilestoneFact['precision'], DatePrecision>> = {
  year: 'YEAR',
  season: 'SEASON',
  month: 'MONTH',
  day: 'DAY',
};

/** The stream of the programme, a project or a (sub)region, as the facts call it. */
function streamOf(subject: string): string {
  if (subject === 'programme') return programmeStream;
  const project = projectOfMilestone(subject);
  if (project !== undefined) return projectStream(project);
  const region = readRegions().find((each) => (each.subregion ?? each.region) === subject);
  if (region) return regionStream(regionKey(region.region, region.subregion));
  throw new Error(`The facts date a milestone of '${subject}', which is neither a project nor a region.`);
}

const entryOf = ({ date, precision, subject, milestone, source }: MilestoneFact): Entry => ({
  stream: streamOf(subject),
  type: 'MilestoneRecorded',
  data: { on: date, precision: precisions[precision], text: milestone, evidence: evidenceOf(source) },
});

const entriesWhere = (wanted: (milestone: MilestoneFact) => boolean): Entry[] =>
  readMilestones().filter(wanted).map(entryOf);

/** Known when the report was published. */
export const milestoneEntries = (): Entry[] => entriesWhere(({ source }) => source !== LATER_SOURCE);

/** Known from the article that followed. */
export const laterMilestoneEntries = (): Entry[] => entriesWhere(({ source }) => source === LATER_SOURCE);

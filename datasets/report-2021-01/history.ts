import { periodStream } from '../../events/periods.js';
import type { HistoricEvent } from '../../src/event-store/port.js';
import { historyWriter, type Entry, type Recording } from '../entry.js';
import { rebuiltCells } from '../rebuilt-cells.js';
import { laterMilestoneEntries, milestoneEntries } from './milestones.js';
import { organisationEntries, renamingEntries } from './organisations.js';
import { periodEntry, periods, type Period } from './periods.js';
import { phaseEntries } from './phases.js';
import { reportEntry } from './printed/report.js';
import { projectLevelEntries } from './project-levels.js';
import { projectEntries } from './projects.js';
import { publicationEntries } from './publications.js';
import { regionEntries } from './regions.js';
import { scaleEntries } from './scales.js';
import { summaryEntries } from './summaries.js';

type Entries = Readonly<Partial<Record<Period['key'], () => Entry[]>>>;

/** What a period brings that its assessments are about. */
const news: Entries = {
  '2019-03': () => [...scaleEntries(), ...organisationEntries(), ...regionEntries()],
  '2020-03': () => projectEntries('2020-03'),
  '2020-10': () => [...renamingEntries(), ...projectEntries('2020-10'), ...summaryEntries(), ...milestoneEntries()],
};

/** The assessments of projects, and what was printed of a period. */
const outcomes: Entries = {
  '2020-03': () => projectLevelEntries('2020-03'),
  '2020-10': () => [...projectLevelEntries('2020-10'), ...publicationEntries(), reportEntry()],
};

/** The article on the meeting of April 2021 bears no date of its own: the end of that month is assumed. */
const afterwards: Recording = { name: 'afterwards', recordedOn: '2021-04-30', entries: [] };

/**
 * The progress report of January 2021 as a history: four periods, each with its assessments and at its end its publication,
 * and what was learned afterwards.
 */
export async function reportHistory(): Promise<HistoricEvent[]> {
  const write = historyWriter('report-2021-01');
  const history: HistoricEvent[] = [];
  for (const period of periods) {
    const { key, recordedOn, referenceDate } = period;
    const record = (entries: readonly Entry[]) => history.push(...write({ name: key, recordedOn, entries }));
    record([...(news[key]?.() ?? []), periodEntry(period), ...phaseEntries(period), ...(outcomes[key]?.() ?? [])]);
    const cells = await rebuiltCells(history, key);
    const data = { period: key, referenceDate, cells };
    record([{ stream: periodStream(key), type: 'PeriodPublished', data }]);
  }
  return [...history, ...write({ ...afterwards, entries: laterMilestoneEntries() })];
}

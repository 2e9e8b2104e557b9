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

/** What is defined and registered in a period, before its assessments. */
const definitions: Entries = {
  '2019-03': () => [...scaleEntries(), ...organisationEntries(), ...regionEntries()],
  '2020-03': () => projectEntries('2020-03'),
  '2020-10': () => [...renamingEntries(), ...projectEntries('2020-10'), ...summaryEntries(), ...milestoneEntries()],
};

/** The assessments of projects in a period, and what the report printed. */
const assessments: Entries = {
  '2020-03': () => projectLevelEntries('2020-03'),
  '2020-10': () => [...projectLevelEntries('2020-10'), ...publicationEntries(), reportEntry()],
};

/** What an article on the meeting of April 2021 adds. The article has no date: the end of that month is assumed. */
const laterArticle: Recording = { name: 'afterwards', recordedOn: '2021-04-30', entries: [] };

/**
 * The progress report of January 2021 as a history: four periods, each with its assessments and then its publication, and
 * what a later article adds.
 */
export async function reportHistory(): Promise<HistoricEvent[]> {
  const write = historyWriter('report-2021-01');
  const history: HistoricEvent[] = [];
  for (const period of periods) {
    const { key, recordedOn, referenceDate } = period;
    const record = (entries: readonly Entry[]) => history.push(...write({ name: key, recordedOn, entries }));
    record([
      ...(definitions[key]?.() ?? []),
      periodEntry(period),
      ...phaseEntries(period),
      ...(assessments[key]?.() ?? []),
    ]);
    const cells = await rebuiltCells(history, key);
    const data = { period: key, referenceDate, cells };
    record([{ stream: periodStream(key), type: 'PeriodPublished', data }]);
  }
  return [...history, ...write({ ...laterArticle, entries: laterMilestoneEntries() })];
}

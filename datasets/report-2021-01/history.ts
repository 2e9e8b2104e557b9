import { periodStream } from '../../events/periods.js';
import type { HistoricEvent } from '../../src/event-store/port.js';
import { historyWriter, type Entry, type Recording } from '../entry.js';
import { rebuiltCells } from '../rebuilt-cells.js';
import { laterMilestoneEntries, milestoneEntries } from './milestones.js';
import { organisationEntries, renamingEntries } from './organisations.js';
import { periodEntry, periods, publishedCells, type Period } from './periods.js';
import { phaseEntries } from './phases.js';
import { projectEntries } from './projects.js';
import { regionEntries } from './regions.js';
import { scaleEntries } from './scales.js';

/** What is recorded with a period's assessments, beside them. */
const alongside: Readonly<Partial<Record<Period['key'], () => Entry[]>>> = {
  '2019-03': () => [...scaleEntries(), ...organisationEntries(), ...regionEntries()],
  '2020-10': () => [...renamingEntries(), ...projectEntries(), ...milestoneEntries()],
};

/** The article on the meeting of April 2021 bears no date of its own: the end of that month is assumed. */
const afterwards: Recording = { name: 'afterwards', recordedOn: '2021-04-30', entries: [] };

/**
 * The region part of the progress report of January 2021 as a history: four periods, each with its assessments and at its
 * end its publication, and what was learned afterwards.
 */
export async function reportHistory(): Promise<HistoricEvent[]> {
  const write = historyWriter('report-2021-01');
  const history: HistoricEvent[] = [];
  for (const period of periods) {
    const { key, recordedOn, referenceDate } = period;
    const record = (entries: readonly Entry[]) => history.push(...write({ name: key, recordedOn, entries }));
    record([...(alongside[key]?.() ?? []), periodEntry(period), ...phaseEntries(period)]);
    const cells = await rebuiltCells(history, publishedCells(), key);
    const data = { period: key, referenceDate, cells };
    record([{ stream: periodStream(key), type: 'PeriodPublished', data }]);
  }
  return [...history, ...write({ ...afterwards, entries: laterMilestoneEntries() })];
}

import type { EventData } from '../../events/event-types.js';
import { periodStream } from '../../events/periods.js';
import type { Entry } from '../entry.js';
import { readPublishedTables, type PublishedTables } from '../read-facts/published-tables.js';

/** A reporting period as the facts name it: '2020-10'. */
export type PeriodId = PublishedTables['periods'][number]['id'];

export type Period = EventData['PeriodDefined'] & {
  readonly key: PeriodId;
  /** The day at whose end its assessments are recorded. */
  readonly recordedOn: string;
};

const monthOnly =
  'The report prints only the month: its last day is assumed, as the reference date and, at its end, as the time of recording.';

/** The report's periods, oldest first. */
export const periods: readonly Period[] = [
  {
    key: '2019-03',
    label: { nl: 'maart 2019', en: 'March 2019' },
    referenceDate: '2019-03-31',
    recordedOn: '2019-03-31',
    assumption: monthOnly,
  },
  {
    key: '2019-10',
    label: { nl: 'oktober 2019', en: 'October 2019' },
    referenceDate: '2019-10-31',
    recordedOn: '2019-10-31',
    assumption: monthOnly,
  },
  {
    key: '2020-03',
    label: { nl: 'maart 2020', en: 'March 2020' },
    referenceDate: '2020-03-31',
    recordedOn: '2020-03-31',
    assumption: monthOnly,
  },
  {
    key: '2020-10',
    label: { nl: 'oktober 2020', en: 'October 2020' },
    referenceDate: '2020-11-01',
    recordedOn: '2021-01-15',
    assumption:
      'The reference date is printed. The time of recording is assumed: the end of a day in January 2021, the month of publication.',
  },
];

export const periodEntry = ({ key, label, referenceDate, assumption }: Period): Entry => ({
  stream: periodStream(key),
  type: 'PeriodDefined',
  data: { key, label, referenceDate, assumption },
});

export function referenceDateOf(period: PeriodId): string {
  const found = periods.find(({ key }) => key === period);
  if (!found) throw new Error(`The report has no period ${period}.`);
  return found.referenceDate;
}

/** How the tables head the column of a period: 'mrt-19'. */
export function columnHead(period: PeriodId): string {
  const found = readPublishedTables().periods.find(({ id }) => id === period);
  if (!found) throw new Error(`The report heads no column by period ${period}.`);
  return found.label;
}

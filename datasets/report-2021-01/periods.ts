import type { CellReference } from '../../events/formula/cell-reference.js';
import { periodStream, type PeriodDefined } from '../../events/periods.js';
import type { Entry } from '../entry.js';
import { readPublishedTables, type PublishedTables } from '../facts.js';
import type { PhaseScale } from '../vocabulary/phases.js';
import { phaseScaleKeys } from './scales.js';

/** A reporting period as the facts name it: '2020-10'. */
export type PeriodId = PublishedTables['periods'][number]['id'];

export interface Period extends PeriodDefined {
  readonly key: PeriodId;
  /** The day at whose end its assessments are recorded. */
  readonly recordedOn: string;
}

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

/** What is counted when a period is published: every cell of the report's tables 1, 2 and 3. */
export function publishedCells(): CellReference[] {
  const scales = Object.entries(readPublishedTables().phaseScales);
  return scales.flatMap(([name, { phases }]) =>
    phases.map(({ phase }) => ({
      subjects: 'REGION',
      conditions: [{ scale: phaseScaleKeys[name as PhaseScale], levels: [String(phase)] }],
      period: null,
    })),
  );
}

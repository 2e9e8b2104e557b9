import type { Fold, ReadModel } from '../read-model.js';
import { periodPublicationTable, periodTable, type PeriodPublicationRow, type PeriodRow } from './tables.js';

/** The reporting periods and their publications. */
export const periods: ReadModel = {
  name: 'periods',
  tables: [periodTable, periodPublicationTable],
  revision: 1,
  newFold,
};

function newFold(): Fold {
  return {
    async apply(events, writer) {
      const defined: PeriodRow[] = [];
      const published: PeriodPublicationRow[] = [];
      for (const { position, id, recordedAt, ...event } of events) {
        if (event.type === 'PeriodDefined') {
          const { key, label, referenceDate, assumption } = event.data;
          defined.push({
            position,
            key,
            label_nl: label.nl,
            label_en: label.en,
            reference_date: referenceDate,
            assumption,
          });
        } else if (event.type === 'PeriodPublished') {
          const { period, cells } = event.data;
          published.push({ position, period, recorded_at: recordedAt, event_id: id, cells: JSON.stringify(cells) });
        }
      }
      await writer.insert('period', defined);
      await writer.insert('period_publication', published);
    },
    forget() {},
  };
}

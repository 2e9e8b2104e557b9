import { defineReadModel } from '../read-model.js';
import { periodPublicationTable, periodTable } from './tables.js';

/** The reporting periods and their publications. */
export const periods = defineReadModel('periods', {
  tables: [periodTable, periodPublicationTable],
  revision: 1,
  folds: {
    PeriodDefined({ position, data: { key, label, referenceDate, assumption } }, { insert }) {
      insert('period', {
        position,
        key,
        label_nl: label.nl,
        label_en: label.en,
        reference_date: referenceDate,
        assumption,
      });
    },
    PeriodPublished({ position, id, recordedAt, data: { period, cells } }, { insert }) {
      insert('period_publication', {
        position,
        period,
        recorded_at: recordedAt,
        event_id: id,
        cells: JSON.stringify(cells),
      });
    },
  },
});

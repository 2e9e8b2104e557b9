import { defineReadModel } from '../read-model.js';
import { reportTable } from './tables.js';

/** The reports as printed. */
export const reports = defineReadModel('reports', {
  tables: [reportTable],
  revision: 1,
  folds: {
    ReportPublished({ position, id, data }, { insert }) {
      const { key, title, publisher, publishedOn, period, tables, claims } = data;
      insert('report', {
        position,
        key,
        title,
        publisher,
        published_on: publishedOn,
        period,
        tables: JSON.stringify(tables),
        claims: JSON.stringify(claims),
        event_id: id,
      });
    },
  },
});

import type { Fold, ReadModel } from '../read-model.js';
import { reportTable, type ReportRow } from './tables.js';

/** The reports as printed. */
export const reports: ReadModel = { name: 'reports', tables: [reportTable], revision: 1, newFold };

function newFold(): Fold {
  return {
    async apply(events, writer) {
      const rows: ReportRow[] = [];
      for (const event of events) {
        if (event.type !== 'ReportPublished') continue;
        const { key, title, publisher, publishedOn, period, tables, claims } = event.data;
        rows.push({
          position: event.position,
          key,
          title,
          publisher,
          published_on: publishedOn,
          period,
          tables: JSON.stringify(tables),
          claims: JSON.stringify(claims),
          event_id: event.id,
        });
      }
      await writer.insert('report', rows);
    },
    forget() {},
  };
}

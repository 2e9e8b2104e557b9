import type { Fold, ReadModel } from '../read-model.js';
import { publicationFigureTable, type PublicationFigureRow } from './tables.js';

/** How often publications were read, by metric and period. */
export const publications: ReadModel = {
  name: 'publications',
  tables: [publicationFigureTable],
  revision: 1,
  newFold,
};

function newFold(): Fold {
  return {
    async apply(events, writer) {
      const rows: PublicationFigureRow[] = [];
      for (const event of events) {
        if (event.type !== 'PublicationFiguresRecorded') continue;
        const { title, kind, figures } = event.data;
        for (const [ordinal, { metric, value, from, until, source }] of figures.entries()) {
          rows.push({
            position: event.position,
            ordinal,
            title,
            kind,
            metric,
            value,
            from_day: from,
            until_day: until,
            source,
          });
        }
      }
      await writer.insert('publication_figure', rows);
    },
    forget() {},
  };
}

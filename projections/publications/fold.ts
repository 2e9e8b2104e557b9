import { defineReadModel } from '../read-model.js';
import { publicationFigureTable } from './tables.js';

/** How often publications were read, by metric and period. */
export const publications = defineReadModel('publications', {
  tables: [publicationFigureTable],
  revision: 1,
  folds: {
    PublicationFiguresRecorded({ position, data: { title, kind, figures } }, { insert }) {
      for (const [ordinal, { metric, value, from, until, source }] of figures.entries()) {
        const days = { from_day: from, until_day: until };
        insert('publication_figure', { position, ordinal, title, kind, metric, value, ...days, source });
      }
    },
  },
});

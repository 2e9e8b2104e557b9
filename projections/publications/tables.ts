import { defineTable, integer, text } from '../table.js';

/** One figure of a publication. */
export const publicationFigureTable = defineTable('publication_figure', {
  columns: {
    position: integer,
    /** Which figure of the event, from 0. */
    ordinal: integer,
    title: text,
    kind: text,
    metric: text,
    value: integer,
    from_day: text,
    until_day: text,
    source: text,
  },
  primaryKey: ['position', 'ordinal'],
  madeAt: 'position',
  indexes: [],
});

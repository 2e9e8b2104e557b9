import { defineTable, integer, optional, text, type RowOf } from '../table.js';

export const periodTable = defineTable('period', {
  columns: {
    position: integer,
    key: text,
    label_nl: text,
    label_en: optional(text),
    reference_date: text,
    assumption: optional(text),
  },
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['key']],
});
export type PeriodRow = RowOf<typeof periodTable>;

export const periodPublicationTable = defineTable('period_publication', {
  columns: {
    position: integer,
    period: text,
    recorded_at: text,
    event_id: text,
    /** JSON: the cells as counted then, as in the event. */
    cells: text,
  },
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['period', 'position']],
});
export type PeriodPublicationRow = RowOf<typeof periodPublicationTable>;

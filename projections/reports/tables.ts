import { defineTable, integer, optional, text, type RowOf } from '../table.js';

/** A report as printed. Its tables and claims are read whole, so they are kept whole. */
export const reportTable = defineTable('report', {
  columns: {
    position: integer,
    key: text,
    title: text,
    publisher: text,
    published_on: text,
    period: optional(text),
    /** JSON, as in the event. */
    tables: text,
    /** JSON, as in the event. */
    claims: text,
    event_id: text,
  },
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['key']],
});
export type ReportRow = RowOf<typeof reportTable>;

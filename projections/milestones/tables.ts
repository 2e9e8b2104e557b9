import { defineTable, integer, optional, text, type RowOf } from '../table.js';

export const milestoneTable = defineTable('milestone', {
  columns: {
    position: integer,
    /** Null: the programme's. */
    subject: optional(integer),
    /** 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
    dated: text,
    /** The first day that the date can mean: what it sorts by, and from when it counts as happened. */
    first_day: text,
    precision: text,
    text,
    event_id: text,
  },
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['subject', 'first_day']],
});
export type MilestoneRow = RowOf<typeof milestoneTable>;

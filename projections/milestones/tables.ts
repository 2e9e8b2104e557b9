import { integer, text, optional, type TableDefinition } from '../table.js';

export interface MilestoneRow {
  position: number;
  /** Null: the programme's. */
  subject: number | null;
  /** 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
  dated: string;
  /** The first day that the date can mean: what it sorts by, and from when it counts as happened. */
  first_day: string;
  precision: string;
  text: string;
  event_id: string;
}

export const milestoneTable: TableDefinition = {
  name: 'milestone',
  columns: [
    integer('position'),
    optional(integer('subject')),
    text('dated'),
    text('first_day'),
    text('precision'),
    text('text'),
    text('event_id'),
  ],
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['subject', 'first_day']],
};

import { integer, text, type TableDefinition } from '../table.js';

/** What a project is about, as said after its registration. The latest that is known holds. */
export interface SummaryRow {
  position: number;
  subject: number;
  text: string;
  event_id: string;
}

export const summaryTable: TableDefinition = {
  name: 'summary',
  columns: [integer('position'), integer('subject'), text('text'), text('event_id')],
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['subject', 'position']],
};

import { defineTable, integer, text } from '../table.js';

/** What a project is about, as said after its registration. The latest that is known holds. */
export const summaryTable = defineTable('summary', {
  columns: { position: integer, subject: integer, text, event_id: text },
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['subject', 'position']],
});

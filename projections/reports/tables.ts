import { integer, optional, text, type TableDefinition } from '../table.js';

/** A report as printed. Its tables and claims are read whole, so they are kept whole. */
export interface ReportRow {
  position: number;
  key: string;
  title: string;
  publisher: string;
  published_on: string;
  period: string | null;
  /** JSON, as in the event. */
  tables: string;
  claims: string;
  event_id: string;
}

export const reportTable: TableDefinition = {
  name: 'report',
  columns: [
    integer('position'),
    text('key'),
    text('title'),
    text('publisher'),
    text('published_on'),
    optional(text('period')),
    text('tables'),
    text('claims'),
    text('event_id'),
  ],
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['key']],
};

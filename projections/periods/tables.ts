import { integer, optional, text, type TableDefinition } from '../table.js';

export interface PeriodRow {
  position: number;
  key: string;
  label_nl: string;
  label_en: string | null;
  reference_date: string;
  assumption: string | null;
}

export interface PeriodPublicationRow {
  position: number;
  period: string;
  recorded_at: string;
  event_id: string;
  /** JSON: the cells as rebuilt then, as in the event. */
  cells: string;
}

export const periodTable: TableDefinition = {
  name: 'period',
  columns: [
    integer('position'),
    text('key'),
    text('label_nl'),
    optional(text('label_en')),
    text('reference_date'),
    optional(text('assumption')),
  ],
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['key']],
};

export const periodPublicationTable: TableDefinition = {
  name: 'period_publication',
  columns: [integer('position'), text('period'), text('recorded_at'), text('event_id'), text('cells')],
  primaryKey: ['position'],
  madeAt: 'position',
  indexes: [['period', 'position']],
};

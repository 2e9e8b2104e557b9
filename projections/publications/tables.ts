import { integer, text, type TableDefinition } from '../table.js';

/** One figure of a publication. */
export interface PublicationFigureRow {
  position: number;
  /** Which figure of the event, from 0. */
  ordinal: number;
  title: string;
  kind: string;
  metric: string;
  value: number;
  from_day: string;
  until_day: string;
  source: string;
}

export const publicationFigureTable: TableDefinition = {
  name: 'publication_figure',
  columns: [
    integer('position'),
    integer('ordinal'),
    text('title'),
    text('kind'),
    text('metric'),
    integer('value'),
    text('from_day'),
    text('until_day'),
    text('source'),
  ],
  primaryKey: ['position', 'ordinal'],
  madeAt: 'position',
  indexes: [],
};

import { cell, readRows } from './facts-file.js';

/** How often a publication was read or downloaded in a span of time, or how many there were. */
export interface PublicationFact {
  readonly title: string;
  readonly kind: string;
  readonly metric: string;
  readonly value: number;
  /** The first and the last day or month counted: '2020-01-01/2020-10-31', '2020-09/2020-10'. */
  readonly period: string;
  /** The number of the text that says so, with a place: '001 chapter 5'. */
  readonly source: string;
}

/** In the order of the facts. */
export const readPublications = (): PublicationFact[] =>
  readRows('publications.csv').map((row) => ({
    title: cell(row, 'title'),
    kind: cell(row, 'kind'),
    metric: cell(row, 'metric'),
    value: Number(cell(row, 'value')),
    period: cell(row, 'period'),
    source: cell(row, 'source'),
  }));

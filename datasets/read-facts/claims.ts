import type { Qualifier } from '../../events/reports.js';
import { cell, readRows } from './facts-file.js';

/** A sentence of the report that states a figure. */
export interface ClaimFact {
  readonly id: string;
  readonly claim: string;
  readonly claimed: number;
  readonly qualifier: Qualifier;
  readonly unit: string;
  /** What the figure would follow from, in words. */
  readonly formula: string;
  /** The number of the text that says so, with a place: '001 section 2.1'. */
  readonly source: string;
}

/** In the order of the facts. */
export const readClaims = (): ClaimFact[] =>
  readRows('claims.csv').map((row) => ({
    id: cell(row, 'id'),
    claim: cell(row, 'claim'),
    claimed: Number(cell(row, 'claimed')),
    qualifier: cell(row, 'qualifier') as Qualifier,
    unit: cell(row, 'unit'),
    formula: cell(row, 'formula'),
    source: cell(row, 'source'),
  }));

import { cell, readRows } from './facts-file.js';

/** A dated fact of the report or of an article about it. */
export interface MilestoneFact {
  /** 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
  readonly date: string;
  readonly precision: 'year' | 'season' | 'month' | 'day';
  /** 'programme', a (sub)region, or a project with its region in brackets. */
  readonly subject: string;
  readonly milestone: string;
  /** The numbers of the texts that say so, with a place: '001 section 2.1', '000 and 003'. */
  readonly source: string;
}

/** By date. */
export const readMilestones = (): MilestoneFact[] =>
  readRows('milestones.csv').map((row) => ({
    date: cell(row, 'date'),
    precision: cell(row, 'precision') as MilestoneFact['precision'],
    subject: cell(row, 'subject'),
    milestone: cell(row, 'milestone'),
    source: cell(row, 'source'),
  }));

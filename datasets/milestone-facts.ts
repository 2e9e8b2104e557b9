import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

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

// Built code runs from dist/datasets while the facts stay beside the sources.
const places = ['./facts/milestones.csv', '../../datasets/facts/milestones.csv'];

/** By date. */
export function readMilestones(): MilestoneFact[] {
  const file = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (!file) throw new Error('The facts file milestones.csv is missing from the data set.');
  return parse<MilestoneFact>(readFileSync(file), { columns: true, skip_empty_lines: true });
}

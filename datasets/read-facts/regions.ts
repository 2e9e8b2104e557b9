import { cell, cellOrNull, readRows } from './facts-file.js';

/** A (sub)region of annex 1, with its care office and its phases of October 2020. */
export interface Region {
  readonly region: string;
  readonly subregion: string | null;
  readonly careOffice: string;
  readonly agreements: number;
  readonly vision: number;
  readonly dynamics: number;
}

/** The 34 (sub)regions of annex 1, in printed order. */
export function readRegions(): Region[] {
  return readRows('regions-annex1.csv').map((row) => ({
    region: cell(row, 'region'),
    subregion: cellOrNull(row, 'subregion'),
    careOffice: cell(row, 'care_office'),
    agreements: Number(cell(row, 'agreements')),
    vision: Number(cell(row, 'vision')),
    dynamics: Number(cell(row, 'dynamics')),
  }));
}

import { cell, cellOrNull, readRows } from './facts-file.js';

/** A project that annex 2 of the report, or an article about it, names. */
export interface NamedProject {
  readonly project: string;
  readonly region: string;
  readonly subregion: string | null;
  readonly rubric: string;
  /** The year in which it started, where the text gives one. */
  readonly started: string | null;
  readonly facts: string | null;
}

/** The named projects of annex 2, in its order. */
export function readNamedProjects(): NamedProject[] {
  return readRows('projects-annex2.csv').map((row) => ({
    project: cell(row, 'project'),
    region: cell(row, 'region'),
    subregion: cellOrNull(row, 'subregion'),
    rubric: cell(row, 'rubric'),
    started: cellOrNull(row, 'started'),
    facts: cellOrNull(row, 'facts'),
  }));
}

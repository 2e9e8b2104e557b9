import type { NamedProject } from '../read-facts/named-projects.js';
import type { PublishedTables } from '../read-facts/published-tables.js';
import type { Region } from '../read-facts/regions.js';

/** The two periods for which the report prints project tables. */
export type ProjectPeriod = '2020-03' | '2020-10';

/** What the reconstruction starts from: the printed tables, the named projects and the regions of annex 1. */
export interface ProjectFacts {
  readonly tables: PublishedTables;
  readonly named: readonly NamedProject[];
  readonly regions: readonly Region[];
}

/** A project's levels in one period, as level keys; null is unassessed. */
export interface ProjectLevels {
  readonly status: string;
  readonly participation: string | null;
  readonly impact: string;
  readonly shareability: string;
  readonly scalability: string;
}

/** The scales on which a project's level may differ between the periods. */
export type ChangingScale = keyof ProjectLevels;

/** One project with a history that is consistent with every printed table, though not observed. */
export interface ReconstructedProject {
  readonly key: string;
  readonly name: string;
  /** Whether annex 2 or an article names this project; the others are known as counts only. */
  readonly named: boolean;
  readonly summary: string | null;
  /** Region keys; empty when the report does not say where the project runs. */
  readonly regions: readonly string[];
  readonly registeredBy: ProjectPeriod;
  readonly careOffice: string;
  readonly rubric: string;
  readonly start: string;
  /** Null in a period before the project was registered. */
  readonly levels: Readonly<Record<ProjectPeriod, ProjectLevels | null>>;
}

/** A printed figure that no history found can reproduce: what is printed, and what the projects add up to. */
export interface UnmetConstraint {
  readonly table: number;
  readonly title: string;
  readonly row: string;
  readonly column: string;
  readonly wanted: number;
  readonly got: number;
}

export interface Reconstruction {
  /** Named projects in annex 2's order, then the unnamed ones by key. */
  readonly projects: readonly ReconstructedProject[];
  /** Empty exactly when the projects reproduce every printed count. */
  readonly unmet: readonly UnmetConstraint[];
}

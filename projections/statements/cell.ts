import type { Direction } from './changes.js';
import type { StatedLevel } from './timeline.js';

/** A known version of a statement, as the fold keeps it in memory. */
export interface Version extends StatedLevel {
  /** Of the event that made it. */
  readonly position: number;
  readonly eventId: string;
  readonly basis: string;
  readonly actor: string;
}

/** A change that is known now and not superseded. */
export interface CurrentChange {
  readonly from: Version | null;
  /** Null for LEAVE, which ends in `retirement`. */
  readonly to: Version | null;
  readonly retirement: Version | null;
  readonly direction: Direction;
  readonly effectiveOn: string;
  readonly changedAfter: string | null;
  /** The key of its row; null before it has one. */
  readonly row: { readonly knownFrom: number; readonly ordinal: number } | null;
}

/** What is known of one subject on one scale. */
export interface CellState {
  /** In order of date and rank. */
  readonly versions: Version[];
  /** The current changes between two versions and into the first one, by date: one for each date. */
  changes: CurrentChange[];
  /** The change that ends the last status with the lifetime. */
  leave: CurrentChange | null;
}

export const emptyCell = (): CellState => ({ versions: [], changes: [], leave: null });

export function removeVersion({ versions }: CellState, version: Version): void {
  versions.splice(versions.indexOf(version), 1);
}

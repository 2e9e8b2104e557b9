import type { Direction } from './changes.js';
import { byDateThenRank, type Dated } from './timeline.js';

/** A known version of a statement, as the fold keeps it in memory. */
export interface Version extends Dated {
  /** Of the event that made it. */
  readonly position: number;
  readonly eventId: string;
  readonly basis: string;
  readonly actor: string;
}

/** A change that stands: what tells it from another one, and where its row is. */
export interface StandingChange {
  readonly from: Version | null;
  /** Null for LEAVE, which ends in `retirement`. */
  readonly to: Version | null;
  readonly retirement: Version | null;
  readonly direction: Direction;
  readonly effectiveOn: string;
  readonly changedAfter: string | null;
  readonly row: { readonly knownFrom: number; readonly ordinal: number } | null;
}

/** What is known of one subject on one scale. */
export interface CellState {
  /** In order of date and rank. */
  readonly versions: Version[];
  /** The changes between two versions, and into the first, that stand: by date, of which each has one. */
  changes: StandingChange[];
  /** The change that ends the last status with the lifetime. */
  leave: StandingChange | null;
}

export const emptyCell = (): CellState => ({ versions: [], changes: [], leave: null });

/** Where the items begin for which `isBefore` no longer holds, in a list in which it holds for the first ones only. */
export function firstNot<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inserts a version in its place. */
export function addVersion({ versions }: CellState, version: Version): void {
  versions.splice(
    firstNot(versions, (other) => byDateThenRank(other, version) <= 0),
    0,
    version,
  );
}

export function removeVersion({ versions }: CellState, version: Version): void {
  versions.splice(versions.indexOf(version), 1);
}

import { changesOf, directionOf, type Direction, type LevelOrder } from './changes.js';
import { byDateThenRank, timelineOf, type Dated, type Lifetime } from './timeline.js';

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

/** What is known of one subject on one scale: the versions in order of date and rank, and the changes that stand. */
export interface CellState {
  versions: Version[];
  changes: StandingChange[];
}

export const emptyCell = (): CellState => ({ versions: [], changes: [] });

/** Inserts a version in its place. */
export function addVersion(cell: CellState, version: Version): void {
  let index = cell.versions.length;
  while (index > 0 && byDateThenRank(cell.versions[index - 1] as Version, version) > 0) index -= 1;
  cell.versions.splice(index, 0, version);
}

export function removeVersion(cell: CellState, position: number): void {
  cell.versions = cell.versions.filter((version) => version.position !== position);
}

/** Whether two changes are one: the same pair, and the same date on which the one gives way to the other. */
const sameChange = (a: StandingChange | undefined, b: StandingChange | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.from?.position === b.from?.position &&
  a.to?.position === b.to?.position &&
  a.retirement?.position === b.retirement?.position &&
  a.effectiveOn === b.effectiveOn;

/** The same in a word, to look changes up by. */
const nameOf = ({ from, to, retirement, effectiveOn }: StandingChange): string =>
  [from?.position, to?.position, retirement?.position, effectiveOn].join(' ');

export interface ChangesDiff {
  readonly ended: readonly StandingChange[];
  readonly begun: readonly StandingChange[];
}

/**
 * Derives the cell's changes anew and says which ended and which began (rule 4): a change is the pair of two versions, so
 * a correction of either, even of its evidence alone, ends it and begins another.
 *
 * @param retirement the version that ends the lifetime, if any does
 */
export function refreshChanges(
  cell: CellState,
  lifetime: Lifetime,
  retirement: Version | null,
  order: LevelOrder,
  rowOf: (indexAmongBegun: number) => StandingChange['row'],
): ChangesDiff {
  const before = cell.changes;
  const after = changesOf(timelineOf(cell.versions, lifetime), lifetime).map(
    ({ from, to, effectiveOn, changedAfter }): StandingChange => ({
      from: from?.version ?? null,
      to: to?.version ?? null,
      retirement: to ? null : retirement,
      direction: directionOf(from?.version.level ?? null, to?.version.level ?? null, order),
      effectiveOn,
      changedAfter,
      row: null,
    }),
  );
  let head = 0;
  while (head < before.length && head < after.length && sameChange(before[head], after[head])) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    sameChange(before.at(-1 - tail), after.at(-1 - tail))
  ) {
    tail += 1;
  }
  // A correction can move a statement across a pair, which then stands on between others.
  const gone = new Map(before.slice(head, before.length - tail).map((change) => [nameOf(change), change]));
  const begun: StandingChange[] = [];
  const between = after.slice(head, after.length - tail).map((change) => {
    const name = nameOf(change);
    const standing = gone.get(name) ?? { ...change, row: rowOf(begun.length) };
    if (!gone.delete(name)) begun.push(standing);
    return standing;
  });
  cell.changes = [...before.slice(0, head), ...between, ...before.slice(before.length - tail)];
  return { ended: [...gone.values()], begun };
}

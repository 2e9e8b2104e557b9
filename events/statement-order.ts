/** What decides where a version of a statement stands among the others of its cell. */
export interface Ordered {
  readonly effectiveOn: string;
  /** Position of the statement's first version: a correction keeps it. */
  readonly rank: number;
}

/** The order of time rule 2: by effective date, and on one date by rank. */
export const byDateThenRank = (a: Ordered, b: Ordered): number =>
  a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : a.rank - b.rank;

/** The index of the first item for which the predicate does not hold, in a list in which it holds for the first ones only. */
export function partitionPoint<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inserts a version in its place, into versions that are in the order of time rule 2. */
export function insertInOrder<V extends Ordered>(versions: V[], version: V): void {
  const last = versions.at(-1);
  // Most statements are made in the order of their dates.
  if (last === undefined || byDateThenRank(last, version) <= 0) return void versions.push(version);
  const index = partitionPoint(versions, (other) => byDateThenRank(other, version) <= 0);
  versions.splice(index, 0, version);
}

import type { Checkpoint, KeptCheckpoint } from '../event-store/port.js';

/** The first checkpoint that covers a position; of several over one size the last, which after a change of keys has both signatures. */
export function firstCoveringCheckpoint(kept: readonly KeptCheckpoint[], position: number): KeptCheckpoint | null {
  let first: KeptCheckpoint | null = null;
  for (const checkpoint of kept) {
    if (checkpoint.size >= position && (first === null || checkpoint.size <= first.size)) first = checkpoint;
  }
  return first;
}

/**
 * Of the checkpoints before the end of a pack those that first covered a publication, by size: what was handed out with it.
 * All of them, one an hour for years, would be more than the log.
 */
export function earlierCheckpoints(
  end: Checkpoint,
  kept: readonly KeptCheckpoint[],
  publications: readonly { readonly position: number }[],
): KeptCheckpoint[] {
  const first = publications.flatMap(({ position }) => firstCoveringCheckpoint(kept, position) ?? []);
  const bySize = new Map(first.map((each) => [each.size, each]));
  return [...bySize.values()].filter(({ size }) => size < end.size).sort((a, b) => a.size - b.size);
}

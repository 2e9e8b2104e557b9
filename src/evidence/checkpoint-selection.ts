import type { Checkpoint, KeptCheckpoint } from '../event-store/port.js';

/** The smallest checkpoint that covers a position. Of several of that size it is the last, which has all signatures after a key rotation. */
export function firstCoveringCheckpoint(
  checkpoints: readonly KeptCheckpoint[],
  position: number,
): KeptCheckpoint | null {
  let first: KeptCheckpoint | null = null;
  for (const checkpoint of checkpoints) {
    if (checkpoint.size >= position && (first === null || checkpoint.size <= first.size)) first = checkpoint;
  }
  return first;
}

/**
 * The checkpoints smaller than the last one of a pack that first covered a publication, in order of size. All checkpoints, one
 * an hour for years, would be larger than the log.
 */
export function earlierCheckpoints(
  last: Checkpoint,
  checkpoints: readonly KeptCheckpoint[],
  publications: readonly { readonly position: number }[],
): KeptCheckpoint[] {
  const first = publications.flatMap(({ position }) => firstCoveringCheckpoint(checkpoints, position) ?? []);
  const bySize = new Map(first.map((each) => [each.size, each]));
  return [...bySize.values()].filter(({ size }) => size < last.size).sort((a, b) => a.size - b.size);
}

import type { EventStore, KeptCheckpoint } from '../../event-store/port.js';

/** Every checkpoint that the log keeps, in the order in which they came. */
export async function keptCheckpoints(log: Pick<EventStore, 'checkpoints'>): Promise<KeptCheckpoint[]> {
  const kept: KeptCheckpoint[] = [];
  for (;;) {
    const page = await log.checkpoints({ after: kept.at(-1)?.number ?? 0 });
    if (page.length === 0) return kept;
    kept.push(...page);
  }
}

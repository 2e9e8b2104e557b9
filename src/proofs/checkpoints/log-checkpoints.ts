import type { EventStore, KeptCheckpoint } from '../../event-store/port.js';

/** How many of the last checkpoints are read to find the greatest: several servers may append theirs out of order. */
const LAST_CHECKPOINT_COUNT = 8;

/** A checkpoint, and where it was read. */
export interface CheckpointNote {
  /** The signed note. */
  readonly note: string;
  /** Where it was read, for messages to clients: it names no path of the machine. */
  readonly source: string;
}

/** Where a checkpoint of the log was read, for messages. */
export const sourceInLog = (number: number): string => `the log, its checkpoint number ${number}`;

/** Every checkpoint in the log, in the order in which they were appended. */
export async function readLogCheckpoints(log: Pick<EventStore, 'checkpoints'>): Promise<KeptCheckpoint[]> {
  const checkpoints: KeptCheckpoint[] = [];
  for (;;) {
    const page = await log.checkpoints({ after: checkpoints.at(-1)?.number ?? 0 });
    if (page.length === 0) return checkpoints;
    checkpoints.push(...page);
  }
}

/** The last checkpoints in the log; the greatest is among them. */
export async function readLastLogCheckpoints(log: Pick<EventStore, 'checkpoints'>): Promise<CheckpointNote[]> {
  const last = await log.checkpoints({ last: true, limit: LAST_CHECKPOINT_COUNT });
  return last.map(({ note, number }) => ({ note, source: sourceInLog(number) }));
}

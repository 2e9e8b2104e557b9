import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { ContradictedLogError, type Contradiction } from './checkpoint-mismatch.js';
import { judge, treeRoot, type Judging } from './verify-checkpoint.js';
import { readKeys, type KeyPlaces } from './checkpoint-keys.js';
import type { Outside } from './checkpoint-files.js';

export interface AfterRestoreOptions {
  readonly log: Pick<EventStore, 'head' | 'subtreeHashes' | 'checkpoints'>;
  readonly keys: KeyPlaces;
  readonly outside: Outside;
  /** Why an older state of the log is the right one, for those who hold what was signed of the newer one. */
  readonly reason: string;
  readonly clock?: () => Date;
}

export interface SetAside {
  /** Where they are now. */
  readonly directory: string;
  readonly contradictions: readonly Contradiction[];
}

const LAST_KEPT = 8;

/**
 * Accepts that an older state of the log was put in place: every checkpoint outside of the log that it contradicts is moved
 * aside, with the reason beside it, and none is lost. What the log itself holds and contradicts cannot be accepted: a log
 * that was put back holds nothing from later.
 * @throws {ContradictedLogError} for that; {ExpectedError} when nothing contradicts the log
 */
export async function acceptRestored(options: AfterRestoreOptions): Promise<SetAside> {
  const { log, keys, outside, reason, clock = () => new Date() } = options;
  const { verifiers } = readKeys(keys);
  const judging: Judging = { log, origin: keys.origin, verifiers, patience: 0 };
  for (const { note, number } of await log.checkpoints({ last: true, limit: LAST_KEPT })) {
    const judged = await judge(note, `the log, its checkpoint number ${number}`, judging);
    if ('fault' in judged) throw new ContradictedLogError(judged);
  }
  const contradictions: Contradiction[] = [];
  const files: string[] = [];
  for (const { file, where, note } of outside.all()) {
    const judged = await judge(note, where, judging);
    if (!('fault' in judged)) continue;
    contradictions.push(judged);
    files.push(file);
  }
  if (files.length === 0)
    throw new ExpectedError('The log goes together with every checkpoint: nothing was set aside.');
  const { position: size } = await log.head();
  const at = clock();
  const directory = outside.setAside(
    files,
    {
      reason,
      at: at.toISOString(),
      log: { origin: keys.origin, size, rootHash: (await treeRoot(log, size)).toString('hex') },
      contradictions: contradictions.map(({ fault, where, message }) => ({ fault, where, message })),
    },
    at,
  );
  return { directory, contradictions };
}

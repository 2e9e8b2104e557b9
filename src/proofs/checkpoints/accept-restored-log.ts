import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { CheckpointFiles } from './checkpoint-files.js';
import { readCheckpointKeys, type CheckpointKeyFiles } from './checkpoint-keys.js';
import { CheckpointMismatchError, type CheckpointMismatch } from './checkpoint-mismatch.js';
import { readLastLogCheckpoints } from './log-checkpoints.js';
import { logRootAt } from './log-root.js';
import { verifyCheckpoint, type CheckpointVerification } from './verify-checkpoint.js';

export interface AcceptRestoredLogOptions {
  readonly log: Pick<EventStore, 'head' | 'subtreeHashes' | 'checkpoints'>;
  readonly keyFiles: CheckpointKeyFiles;
  readonly checkpointFiles: CheckpointFiles;
  /** Why the older state of the log is right, for people who hold checkpoints of the newer state. */
  readonly reason: string;
  readonly clock?: () => Date;
}

/** The checkpoints that no longer agree with the log, and the directory that they were moved to. */
export interface CheckpointsSetAside {
  readonly directory: string;
  readonly mismatches: readonly CheckpointMismatch[];
}

/**
 * Accepts a log that was restored to an older state: every checkpoint file that disagrees with the log is moved aside, with
 * the reason beside it; none is deleted. A checkpoint in the log itself that disagrees cannot be accepted, because a restored
 * log holds no checkpoint of a later state.
 * @throws {CheckpointMismatchError} for a checkpoint in the log; {ExpectedError} when every checkpoint agrees with the log
 */
export async function acceptRestoredLog(options: AcceptRestoredLogOptions): Promise<CheckpointsSetAside> {
  const { log, keyFiles, checkpointFiles, reason, clock = () => new Date() } = options;
  const { origin } = keyFiles;
  const { verifiers } = readCheckpointKeys(keyFiles);
  const verification: CheckpointVerification = { log, origin, verifiers, catchUpTimeoutMs: 0 };
  for (const note of await readLastLogCheckpoints(log)) {
    const result = await verifyCheckpoint(note, verification);
    if ('kind' in result) throw new CheckpointMismatchError(result);
  }
  const mismatches: CheckpointMismatch[] = [];
  const files: string[] = [];
  for (const checkpoint of checkpointFiles.all()) {
    const result = await verifyCheckpoint(checkpoint, verification);
    if (!('kind' in result)) continue;
    mismatches.push(result);
    files.push(checkpoint.file);
  }
  if (files.length === 0) {
    throw new ExpectedError('Every checkpoint agrees with the log: nothing was set aside.');
  }
  const { position: size } = await log.head();
  const at = clock();
  const directory = checkpointFiles.setAside(
    files,
    {
      reason,
      at: at.toISOString(),
      log: { origin, size, rootHash: (await logRootAt(log, size)).toString('hex') },
      contradictions: mismatches.map(({ kind, source, message }) => ({ fault: kind, where: source, message })),
    },
    at,
  );
  return { directory, mismatches };
}

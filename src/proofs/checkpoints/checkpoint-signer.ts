import { singleFlight } from '../../concurrency/single-flight.js';
import { newTokenBucket } from '../../concurrency/token-bucket.js';
import type { EventStore } from '../../event-store/port.js';
import { signNote } from '../notes/signed-note.js';
import { formatCheckpoint } from '../notes/tlog-checkpoint.js';
import type { CheckpointFiles } from './checkpoint-files.js';
import { readCheckpointKeys, type CheckpointKeyFiles, type CheckpointKeys } from './checkpoint-keys.js';
import { CheckpointMismatchError } from './checkpoint-mismatch.js';
import { readLastLogCheckpoints } from './log-checkpoints.js';
import { logRootAt } from './log-root.js';
import { verifyCheckpoint, type CheckpointVerification, type VerifiedCheckpoint } from './verify-checkpoint.js';

export interface CheckpointSignerOptions {
  readonly log: Pick<EventStore, 'head' | 'subtreeHashes' | 'checkpoints' | 'keepCheckpoint'>;
  readonly keyFiles: CheckpointKeyFiles;
  readonly checkpointFiles: CheckpointFiles;
  /** Takes a token for one signature that `head` makes; false when none is left. */
  readonly takeToken?: () => boolean;
  /** How long another server's checkpoint may be ahead of the log as this server sees it, in milliseconds. */
  readonly catchUpTimeoutMs?: number;
}

/**
 * Signs checkpoints of a log. Every method first verifies the newest known checkpoints, in the log and in files, against the
 * log. Several servers may sign one log at the same time: a log only grows, so that their checkpoints are consistent.
 */
export interface CheckpointSigner {
  readonly origin: string;
  /** The newest checkpoint; null when nothing was signed yet. @throws {CheckpointMismatchError} */
  newest(): Promise<VerifiedCheckpoint | null>;
  /** The checkpoint of the log as it is now. Signs it when it is not signed yet. @throws {CheckpointMismatchError} */
  sign(): Promise<VerifiedCheckpoint>;
  /** As `sign`, with a rate limit: beyond it the newest checkpoint is returned. @throws {CheckpointMismatchError} */
  head(): Promise<VerifiedCheckpoint>;
}

/** People ask for fewer than this at once, and one signature in each interval is little to store for good. */
const SIGNATURE_BURST_COUNT = 30;
const SIGNATURE_INTERVAL_MS = 2_000;

const CATCH_UP_TIMEOUT_MS = 3_000;

export function newCheckpointSigner(options: CheckpointSignerOptions): CheckpointSigner {
  const { log, keyFiles, checkpointFiles, catchUpTimeoutMs = CATCH_UP_TIMEOUT_MS } = options;
  const {
    takeToken = newTokenBucket({ capacity: SIGNATURE_BURST_COUNT, refillIntervalMs: SIGNATURE_INTERVAL_MS }).tryTake,
  } = options;
  const { origin } = keyFiles;
  /** After a mismatch the next check does not wait again: each request would take the whole timeout. */
  let lastCheckFailed = false;

  const verifiedNewest = async ({ verifiers }: CheckpointKeys): Promise<VerifiedCheckpoint | null> => {
    const notes = [...checkpointFiles.newest(), ...(await readLastLogCheckpoints(log))];
    const verification: CheckpointVerification = {
      log,
      origin,
      verifiers,
      catchUpTimeoutMs: lastCheckFailed ? 0 : catchUpTimeoutMs,
    };
    let newest: VerifiedCheckpoint | null = null;
    for (const note of notes) {
      const result = await verifyCheckpoint(note, verification);
      if ('kind' in result) {
        lastCheckFailed = true;
        throw new CheckpointMismatchError(result);
      }
      if (newest === null || result.size > newest.size) newest = result;
    }
    lastCheckFailed = false;
    return newest;
  };

  const signNow = async (): Promise<VerifiedCheckpoint> => {
    const keys = readCheckpointKeys(keyFiles);
    const newest = await verifiedNewest(keys);
    const { position: size } = await log.head();
    const signedBy = keys.signers.map(({ name, id }) => `${name}+${id}`);
    // After a key rotation the same size is signed once more, with the new key.
    if (newest?.size === size && signedBy.every((key) => newest.signedBy.includes(key))) return newest;
    const root = await logRootAt(log, size);
    const note = signNote(formatCheckpoint({ origin, size, root, extensions: [] }), keys.signers);
    // The file comes first: a checkpoint in the log alone would be lost when the log is put back to an older state.
    checkpointFiles.write(size, note);
    await log.keepCheckpoint({ size, note });
    return { origin, size, root, note, signedBy };
  };

  const sign = singleFlight(signNow);

  return {
    origin,
    newest: () => verifiedNewest(readCheckpointKeys(keyFiles)),
    sign,
    // One check costs as much as some hundred fields, and one request may ask for it very often.
    head: singleFlight(async () => {
      const newest = await verifiedNewest(readCheckpointKeys(keyFiles));
      if (newest !== null && (newest.size === (await log.head()).position || !takeToken())) return newest;
      return sign();
    }),
  };
}

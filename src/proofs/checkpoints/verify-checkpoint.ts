import { poll } from '../../concurrency/poll.js';
import type { EventStore, Head } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { VerifierKey } from '../notes/note-key.js';
import { openNote } from '../notes/signed-note.js';
import { parseCheckpoint, type TreeHead } from '../notes/tlog-checkpoint.js';
import type { CheckpointMismatch, MismatchKind } from './checkpoint-mismatch.js';
import type { CheckpointNote } from './log-checkpoints.js';
import { logRootAt } from './log-root.js';

/** A checkpoint whose signatures were verified and whose root is that of the log. */
export interface VerifiedCheckpoint extends Pick<TreeHead, 'origin' | 'size' | 'root'> {
  /** The signed note. */
  readonly note: string;
  /** The keys with a verified signature, as `name+id`. */
  readonly signedBy: readonly string[];
}

export interface CheckpointVerification {
  readonly log: Pick<EventStore, 'head' | 'subtreeHashes'>;
  readonly origin: string;
  readonly verifiers: readonly VerifierKey[];
  /**
   * How long to wait for a log that ends before the signed size, in milliseconds: this server may see an event later than
   * the server that signed it.
   */
  readonly catchUpTimeoutMs: number;
}

const POLL_INTERVAL_MS = 100;

const REMEDY =
  'Nothing is signed. Put the newest copy of the log in place. If an older one was restored on purpose, say so: ' +
  'peildatum checkpoint --after-restore "<reason>".';

/** Verifies the signatures of a checkpoint and compares its root with that of the log. */
export async function verifyCheckpoint(
  { note, source }: CheckpointNote,
  { log, origin, verifiers, catchUpTimeoutMs }: CheckpointVerification,
): Promise<VerifiedCheckpoint | CheckpointMismatch> {
  const mismatch = (kind: MismatchKind, message: string): CheckpointMismatch => ({ kind, source, message });
  let checkpoint: VerifiedCheckpoint;
  try {
    checkpoint = openCheckpoint(note, verifiers);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return mismatch(
      'UNVERIFIED',
      `The checkpoint in ${source} is not of this server's keys. ${error.message} Several servers on one log share one key ` +
        `(CHECKPOINT_KEY); a key that was lost is known again once its public half is back in keys/checkpoint.vkey.`,
    );
  }
  const { size, root } = checkpoint;
  if (checkpoint.origin !== origin) {
    return mismatch(
      'UNVERIFIED',
      `The checkpoint in ${source} is of the log '${checkpoint.origin}', not of '${origin}'.`,
    );
  }
  const end = await waitForPosition(log, size, catchUpTimeoutMs);
  if (end < size) {
    return mismatch(
      'SHORTER',
      `The log is shorter than it was, or another one: it ends at position ${end} with the root ` +
        `${(await logRootAt(log, end)).toString('hex')}, and the checkpoint in ${source} was signed at size ${size} with the ` +
        `root ${root.toString('hex')}. ${REMEDY}`,
    );
  }
  const actualRoot = await logRootAt(log, size);
  if (actualRoot.equals(root)) return checkpoint;
  return mismatch(
    'OTHER',
    `The log was rewritten, or is another one: at size ${size} its root is ${actualRoot.toString('hex')}, and the checkpoint in ` +
      `${source} was signed with the root ${root.toString('hex')}. ${REMEDY}`,
  );
}

function openCheckpoint(note: string, verifiers: readonly VerifierKey[]): VerifiedCheckpoint {
  const { text, verified } = openNote(note, verifiers);
  const { origin, size, root } = parseCheckpoint(text);
  return { origin, size, root, note, signedBy: verified.map(({ name, id }) => `${name}+${id}`) };
}

/** The position at which the log ends: at least the one waited for, or what was reached when the time was over. */
async function waitForPosition(log: Pick<EventStore, 'head'>, wanted: number, timeoutMs: number): Promise<number> {
  const isDone = ({ position }: Head): boolean => position >= wanted;
  return (await poll(() => log.head(), { isDone, intervalMs: POLL_INTERVAL_MS, timeoutMs })).position;
}

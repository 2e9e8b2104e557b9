import { setTimeout } from 'node:timers/promises';
import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { parseCheckpoint, type TreeHead } from '../notes/tlog-checkpoint.js';
import { rootAt } from '../merkle/root.js';
import { openNote } from '../notes/signed-note.js';
import type { VerifierKey } from '../notes/note-key.js';
import type { Contradiction, Fault } from './checkpoint-mismatch.js';

/** A checkpoint that is in the log, or outside of it, and goes together with the log. */
export interface KnownCheckpoint extends Pick<TreeHead, 'origin' | 'size' | 'root'> {
  readonly note: string;
  /** By name and id, of which keys it bears a signature that was verified. */
  readonly signedBy: readonly string[];
}

export interface Judging {
  readonly log: Pick<EventStore, 'head' | 'subtreeHashes'>;
  readonly origin: string;
  readonly verifiers: readonly VerifierKey[];
  /** How long to wait for a log that ends too early, in milliseconds: what one server signed another may see later. */
  readonly patience: number;
}

const PAUSE = 100;

export const treeRoot = (log: Pick<EventStore, 'subtreeHashes'>, size: number): Promise<Buffer> =>
  rootAt(size, (subtrees) => log.subtreeHashes(subtrees));

/** Holds a checkpoint against the keys and the log. */
export async function judge(
  note: string,
  where: string,
  { log, origin, verifiers, patience }: Judging,
): Promise<KnownCheckpoint | Contradiction> {
  const contradiction = (fault: Fault, message: string): Contradiction => ({ fault, where, message });
  let known: KnownCheckpoint;
  try {
    known = read(note, verifiers);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return contradiction(
      'UNVERIFIED',
      `The checkpoint in ${where} is not of this server's keys. ${error.message} Several servers on one log share one key ` +
        `(CHECKPOINT_KEY); a key that was lost is known again once its public half is back in keys/checkpoint.vkey.`,
    );
  }
  const { size, root } = known;
  if (known.origin !== origin) {
    return contradiction(
      'UNVERIFIED',
      `The checkpoint in ${where} is of the log '${known.origin}', not of '${origin}'.`,
    );
  }
  const end = await endOf(log, size, patience);
  if (end < size) {
    return contradiction(
      'SHORTER',
      `The log is shorter than it was, or another one: it ends at position ${end} with the root ` +
        `${(await treeRoot(log, end)).toString('hex')}, and the checkpoint in ${where} was signed at size ${size} with the ` +
        `root ${root.toString('hex')}. ${REMEDY}`,
    );
  }
  const found = await treeRoot(log, size);
  if (found.equals(root)) return known;
  return contradiction(
    'OTHER',
    `The log was rewritten, or is another one: at size ${size} its root is ${found.toString('hex')}, and the checkpoint in ` +
      `${where} was signed with the root ${root.toString('hex')}. ${REMEDY}`,
  );
}

const REMEDY =
  'Nothing is signed. Put the newest copy of the log in place. If an older one was restored on purpose, say so: ' +
  'peildatum checkpoint --after-restore "<reason>".';

function read(note: string, verifiers: readonly VerifierKey[]): KnownCheckpoint {
  const { text, verified } = openNote(note, verifiers);
  const { origin, size, root } = parseCheckpoint(text);
  return { origin, size, root, note, signedBy: verified.map(({ name, id }) => `${name}+${id}`) };
}

async function endOf(log: Judging['log'], size: number, patience: number): Promise<number> {
  const until = performance.now() + patience;
  for (;;) {
    const { position } = await log.head();
    if (position >= size || performance.now() >= until) return position;
    await setTimeout(PAUSE);
  }
}

import type { EventStore } from '../../event-store/port.js';
import { formatCheckpoint } from '../notes/tlog-checkpoint.js';
import { signNote } from '../notes/signed-note.js';
import { newAllowance } from '../../concurrency/token-bucket.js';
import { ContradictedLogError } from './checkpoint-mismatch.js';
import { judge, treeRoot, type Judging, type KnownCheckpoint } from './verify-checkpoint.js';
import { readKeys, type CheckpointKeys, type KeyPlaces } from './checkpoint-keys.js';
import type { Outside } from './checkpoint-files.js';
import { sharedWork } from '../../concurrency/single-flight.js';

export interface SignerSources {
  readonly log: Pick<EventStore, 'head' | 'subtreeHashes' | 'checkpoints' | 'keepCheckpoint'>;
  readonly keys: KeyPlaces;
  readonly outside: Outside;
  /** How often `head` may sign, whoever asks. */
  readonly allows?: () => boolean;
  /** How long another server's checkpoint may be ahead of what we see of the log, in milliseconds. */
  readonly patience?: number;
}

/**
 * Signs checkpoints of a log. Whatever it is asked, the newest checkpoints that are known, in the log and outside of it, are
 * held against the log first. Several may sign one log at the same time: a log only grows, so what they sign goes together.
 */
export interface Signer {
  readonly origin: string;
  /** The newest checkpoint; null where nothing was signed yet. @throws {ContradictedLogError} */
  newest(): Promise<KnownCheckpoint | null>;
  /** The checkpoint of the log as it is now, signed if it is not yet. @throws {ContradictedLogError} */
  sign(): Promise<KnownCheckpoint>;
  /** The same for whoever asks; while too many ask at once, the newest one that there is. @throws {ContradictedLogError} */
  head(): Promise<KnownCheckpoint>;
}

/** In the log the last one kept is nearly always the greatest: two servers may keep theirs in the other order. */
const LAST_KEPT = 8;

/** Thirty at once is more than people ask, and one each two seconds is little to keep for good. */
const BURST = { most: 30, every: 2_000 };

export function newSigner(sources: SignerSources): Signer {
  const { log, keys, outside, allows = newAllowance(BURST), patience = 3_000 } = sources;
  const { origin } = keys;
  let waitedInVain = false;

  const newestBy = async ({ verifiers }: CheckpointKeys): Promise<KnownCheckpoint | null> => {
    const kept = await log.checkpoints({ last: true, limit: LAST_KEPT });
    const found = [
      ...outside.newest(),
      ...kept.map(({ note, number }) => ({ note, where: `the log, its checkpoint number ${number}` })),
    ];
    const judging: Judging = { log, origin, verifiers, patience: waitedInVain ? 0 : patience };
    let newest: KnownCheckpoint | null = null;
    for (const { note, where } of found) {
      const judged = await judge(note, where, judging);
      if ('fault' in judged) {
        waitedInVain = true;
        throw new ContradictedLogError(judged);
      }
      if (newest === null || judged.size > newest.size) newest = judged;
    }
    waitedInVain = false;
    return newest;
  };

  const signNow = async (): Promise<KnownCheckpoint> => {
    const used = readKeys(keys);
    const newest = await newestBy(used);
    const { position: size } = await log.head();
    const signedBy = used.signers.map(({ name, id }) => `${name}+${id}`);
    // After a change of keys the same state is signed once more.
    if (newest?.size === size && signedBy.every((key) => newest.signedBy.includes(key))) return newest;
    const root = await treeRoot(log, size);
    const note = signNote(formatCheckpoint({ origin, size, root, extensions: [] }), used.signers);
    // Outside first: what was handed out must not be in the log alone, which may be put back.
    outside.keep(size, note);
    await log.keepCheckpoint({ size, note });
    return { origin, size, root, note, signedBy };
  };

  const sign = sharedWork(signNow);

  return {
    origin,
    newest: () => newestBy(readKeys(keys)),
    sign,
    // Looking costs as much as some hundred fields of a request, which may ask very often.
    head: sharedWork(async () => {
      const newest = await newestBy(readKeys(keys));
      if (newest !== null && (newest.size === (await log.head()).position || !allows())) return newest;
      return sign();
    }),
  };
}

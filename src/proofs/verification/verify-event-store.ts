import type { EventStore } from '../../event-store/port.js';
import type { Subtree } from '../merkle/subtree.js';
import {
  verifyLog,
  type KeptEvent,
  type LogReport,
  type UnreadableEventError,
  type VerifyOptions,
} from './verify-log.js';

/** Events per reading. */
const PAGE = 1000;

/** What of a log is needed to verify it. */
type VerifiableLog = Pick<EventStore, 'readAll' | 'subtreeHashes'>;

/**
 * Walks over a log as verifyLog does, on any engine. Hashes of the tree that an engine does not keep it makes up for when it
 * is asked, so of those only wrong ones are found. @throws what the log throws when it cannot be read
 */
export const verifyStore = (log: VerifiableLog, options: Omit<VerifyOptions, 'kept'> = {}): Promise<LogReport> =>
  verifyLog(eventsOf(log), { ...options, kept: (subtree) => keptHash(log, subtree) });

async function* eventsOf(log: VerifiableLog): AsyncGenerator<KeptEvent | UnreadableEventError> {
  for (let after = 0; ;) {
    const page = await readable(log, after);
    if (page.length === 0) return;
    const hashes = await log.subtreeHashes(page.map(({ position }) => ({ level: 0, index: position - 1 })));
    for (const [at, each] of page.entries()) {
      const hash = hashes[at] ?? Buffer.alloc(0);
      yield 'id' in each ? { event: each, hash } : { event: null, position: each.position, hash };
      after = each.position;
    }
  }
}

/** The next events, or the place of the next one if that cannot be read. */
async function readable(log: VerifiableLog, after: number) {
  for (const limit of [PAGE, 1]) {
    try {
      return await log.readAll(after, limit);
    } catch (error) {
      // The data of one of them is no JSON any more.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return [{ position: after + 1 }];
}

/** Where positions have gaps, the tree of what is there is larger than the log says that it is. */
async function keptHash(log: VerifiableLog, subtree: Subtree): Promise<Buffer | null> {
  try {
    return (await log.subtreeHashes([subtree]))[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

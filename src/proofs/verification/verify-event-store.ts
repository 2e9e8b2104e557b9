import type { EventStore } from '../../event-store/port.js';
import type { Subtree } from '../merkle/subtree.js';
import type { HashedEvent, UnreadableEvent } from './event-verifier.js';
import { verifyLog, type LogReport, type VerifyLogOptions } from './verify-log.js';

const PAGE_EVENT_COUNT = 1000;

/** The part of a log that verification needs. */
type VerifiableLog = Pick<EventStore, 'readAll' | 'subtreeHashes'>;

/**
 * Verifies a log on any engine, as `verifyLog` does. An engine computes the hashes of the tree that it does not store, so that
 * a missing hash is not found here; a wrong one is. @throws whatever the log throws when it cannot be read
 */
export const verifyEventStore = (
  log: VerifiableLog,
  options: Omit<VerifyLogOptions, 'findSubtreeHash'> = {},
): Promise<LogReport> =>
  verifyLog(readHashedEvents(log), { ...options, findSubtreeHash: (subtree) => findSubtreeHash(log, subtree) });

async function* readHashedEvents(log: VerifiableLog): AsyncGenerator<HashedEvent | UnreadableEvent> {
  for (let after = 0; ;) {
    const page = await readPage(log, after);
    if (page.length === 0) return;
    const hashes = await log.subtreeHashes(page.map(({ position }) => ({ level: 0, index: position - 1 })));
    for (const [index, entry] of page.entries()) {
      const hash = hashes[index] ?? Buffer.alloc(0);
      yield 'id' in entry ? { event: entry, hash } : { event: null, position: entry.position, hash };
      after = entry.position;
    }
  }
}

/** The next events; the position alone of a next event that cannot be read. */
async function readPage(log: VerifiableLog, after: number) {
  for (const limit of [PAGE_EVENT_COUNT, 1]) {
    try {
      return await log.readAll(after, limit);
    } catch (error) {
      // The data of an event on this page is no JSON any more.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return [{ position: after + 1 }];
}

/** Null beyond the end of the log: where positions have gaps, the rebuilt tree is larger than the log says it is. */
async function findSubtreeHash(log: VerifiableLog, subtree: Subtree): Promise<Buffer | null> {
  try {
    return (await log.subtreeHashes([subtree]))[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

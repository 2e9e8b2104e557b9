import { newEventVerifier, positionOf, type HashedEvent, type UnreadableEvent } from './event-verifier.js';
import type { LogFault } from './log-fault.js';
import { newTreeVerifier, type FindSubtreeHash, type SignedTreeHead } from './tree-verifier.js';

export interface LogReport {
  /** How many events there are. */
  readonly events: number;
  /** The position of the last event; 0 for an empty log. */
  readonly position: number;
  /** When the last event was recorded. */
  readonly recordedAt: string | null;
  /** The leaf hash of the last event, in hexadecimal digits. */
  readonly lastLeafHash: string | null;
  /** The root of the Merkle tree over all events, in hexadecimal digits. */
  readonly root: string;
  /** The first faults. A log that is damaged at its beginning would have as many faults as events. */
  readonly faults: readonly LogFault[];
  readonly faultCount: number;
}

export interface VerifyLogOptions {
  /** Called now and then with the number of events that were verified. */
  readonly onProgress?: (events: number) => void;
  /** Finds the hash that the log stores of a subtree. Without it the stored tree is not verified. */
  readonly findSubtreeHash?: FindSubtreeHash;
  /** The sizes and roots that were signed of the log, with verified signatures. */
  readonly treeHeads?: readonly SignedTreeHead[];
}

const MAX_REPORTED_FAULT_COUNT = 20;
const PROGRESS_INTERVAL_EVENT_COUNT = 1000;

/**
 * Verifies a whole log: positions and revisions have no gap, recorded times never decrease and are stated only before the
 * first live event, corrections and withdrawals name the current version of a statement, and every event has the hash that was
 * computed when it was recorded. The tree over these hashes is the stored one, and at each signed size it has the signed root.
 * Nothing but the events is needed, so that anybody who has them can do the same.
 */
export async function verifyLog(
  log: AsyncIterable<HashedEvent | UnreadableEvent> | Iterable<HashedEvent>,
  { onProgress = () => {}, findSubtreeHash, treeHeads = [] }: VerifyLogOptions = {},
): Promise<LogReport> {
  const verifyEvent = newEventVerifier();
  const treeVerifier = newTreeVerifier(findSubtreeHash, treeHeads);
  const faults: LogFault[] = [];
  let faultCount = 0;
  let events = 0;
  let last: HashedEvent | UnreadableEvent | null = null;
  const report = (position: number, message: string): void => {
    faultCount += 1;
    if (faults.length < MAX_REPORTED_FAULT_COUNT) faults.push({ position, message });
  };
  for await (const entry of log) {
    const position = positionOf(entry);
    for (const message of verifyEvent(entry)) report(position, message);
    for (const fault of await treeVerifier.add(Buffer.from(entry.hash))) report(fault.position, fault.message);
    events += 1;
    last = entry;
    if (events % PROGRESS_INTERVAL_EVENT_COUNT === 0) onProgress(events);
  }
  for (const fault of treeVerifier.end()) report(fault.position, fault.message);
  onProgress(events);
  return {
    events,
    position: last === null ? 0 : positionOf(last),
    recordedAt: last?.event?.recordedAt ?? null,
    lastLeafHash: last === null ? null : Buffer.from(last.hash).toString('hex'),
    root: treeVerifier.root().toString('hex'),
    faults,
    faultCount,
  };
}

import type { StoredEvent } from '../../../events/envelope.js';
import type { Fault } from './log-fault.js';
import { leafHash } from '../merkle/leaf-hash.js';
import { newTreeJudge, type KeptHash, type Signed } from './tree-verifier.js';
import { newReferences } from './statement-references.js';

/** An event as a log keeps it, with the leaf hash that was kept beside it. */
export interface KeptEvent {
  readonly event: StoredEvent;
  readonly hash: Uint8Array;
}

/** An event of which nothing but its place and its hash can be read. */
export interface UnreadableEventError {
  readonly event: null;
  readonly position: number;
  readonly hash: Uint8Array;
}

export interface LogReport {
  readonly events: number;
  /** The last event's. */
  readonly position: number;
  readonly recordedAt: string | null;
  /** In hexadecimal digits. */
  readonly lastLeafHash: string | null;
  /** Of the Merkle tree over all events, in hexadecimal digits. */
  readonly root: string;
  /** The first ones; a log that is damaged at its beginning would have as many as it has events. */
  readonly faults: readonly Fault[];
  readonly faultCount: number;
}

export interface VerifyOptions {
  /** Called now and then with the number of events that were verified. */
  readonly onProgress?: (events: number) => void;
  /** What is kept of the tree over the events; nothing, unless it is given. */
  readonly kept?: KeptHash;
  /** What was signed of the log, with signatures that were found good. */
  readonly signed?: readonly Signed[];
}

const MOST_FAULTS = 20;
const EVENTS_PER_REPORT = 1000;

/**
 * Walks over a whole log and holds each event against the events before it and against its own hash: positions and revisions
 * are dense, recorded times never decrease and are stated only before the first live one, corrections and withdrawals name
 * what stands, and every event is still what it was when its hash was made. The tree over these hashes is the one that is
 * kept, and at each size that was signed it has the root that was signed. Nothing else is asked, so that whoever has the
 * events can do the same.
 */
export async function verifyLog(
  log: AsyncIterable<KeptEvent | UnreadableEventError> | Iterable<KeptEvent>,
  { onProgress = () => {}, kept: keptHash, signed = [] }: VerifyOptions = {},
): Promise<LogReport> {
  const judge = newJudge();
  const treeJudge = newTreeJudge(keptHash, signed);
  const faults: Fault[] = [];
  let faultCount = 0;
  let events = 0;
  let last: KeptEvent | UnreadableEventError | null = null;
  const tell = (position: number, message: string): void => {
    faultCount += 1;
    if (faults.length < MOST_FAULTS) faults.push({ position, message });
  };
  for await (const kept of log) {
    const position = positionOf(kept);
    for (const message of judge(kept)) tell(position, message);
    for (const fault of await treeJudge.add(Buffer.from(kept.hash))) tell(fault.position, fault.message);
    events += 1;
    last = kept;
    if (events % EVENTS_PER_REPORT === 0) onProgress(events);
  }
  for (const fault of treeJudge.end()) tell(fault.position, fault.message);
  onProgress(events);
  return {
    events,
    position: last === null ? 0 : positionOf(last),
    recordedAt: last?.event?.recordedAt ?? null,
    lastLeafHash: last === null ? null : Buffer.from(last.hash).toString('hex'),
    root: treeJudge.root().toString('hex'),
    faults,
    faultCount,
  };
}

const positionOf = (kept: KeptEvent | UnreadableEventError): number =>
  kept.event === null ? kept.position : kept.event.position;

/** Judges one event after the other; a fault is told once, and what follows is held against what is there. */
function newJudge(): (kept: KeptEvent | UnreadableEventError) => string[] {
  const revisions = new Map<string, number>();
  const references = newReferences();
  let position = 0;
  let recordedAt = '';
  let live = false;

  return (kept) => {
    const { event, hash } = kept;
    if (event === null) {
      ({ position } = kept);
      return ['cannot be read any more'];
    }
    const faults: string[] = [];
    if (event.position !== position + 1) faults.push(`stands after position ${position}: positions have no gap`);
    const revision = (revisions.get(event.stream) ?? -1) + 1;
    if (event.revision !== revision) {
      faults.push(`has revision ${event.revision} of '${event.stream}', where ${revision} is next`);
    }
    if (event.recordedAt < recordedAt) {
      faults.push(`was recorded at ${event.recordedAt}, before its predecessor at ${recordedAt}`);
    }
    if (live && event.recordedAtStated) faults.push('states when it was recorded, after one that was appended live');
    faults.push(...references.faultsOf(event));
    if (!hashesTo(event, hash)) faults.push('is not what was recorded: its hash is another one');

    position = event.position;
    revisions.set(event.stream, event.revision);
    recordedAt = event.recordedAt;
    live ||= !event.recordedAtStated;
    return faults;
  };
}

function hashesTo(event: StoredEvent, hash: Uint8Array): boolean {
  try {
    return leafHash(event).equals(hash);
  } catch {
    // What has no canonical form was never hashed.
    return false;
  }
}

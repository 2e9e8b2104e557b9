import type { StoredEvent } from '../../../events/envelope.js';
import { leafHash } from '../merkle/leaf-hash.js';
import { newReferenceVerifier } from './statement-references.js';

/** An event as a log stores it, with the leaf hash that is stored beside it. */
export interface HashedEvent {
  readonly event: StoredEvent;
  readonly hash: Uint8Array;
}

/** An event whose data cannot be read: only its position and its stored hash are known. */
export interface UnreadableEvent {
  readonly event: null;
  readonly position: number;
  readonly hash: Uint8Array;
}

export const positionOf = (entry: HashedEvent | UnreadableEvent): number =>
  entry.event === null ? entry.position : entry.event.position;

/**
 * Verifies one event after the other against those before it and against its own hash. Each fault is reported once: the
 * events after a fault are compared with what the log actually holds.
 * @returns the faults of the next event, each as the end of a sentence about it
 */
export function newEventVerifier(): (entry: HashedEvent | UnreadableEvent) => string[] {
  const revisions = new Map<string, number>();
  const references = newReferenceVerifier();
  let position = 0;
  let recordedAt = '';
  /** Whether an event was appended live, so that its recorded time is not a stated one. */
  let live = false;

  return (entry) => {
    const { event, hash } = entry;
    if (event === null) {
      ({ position } = entry);
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
    if (!hasHash(event, hash)) faults.push('is not what was recorded: its hash is another one');

    position = event.position;
    revisions.set(event.stream, event.revision);
    recordedAt = event.recordedAt;
    live ||= !event.recordedAtStated;
    return faults;
  };
}

function hasHash(event: StoredEvent, hash: Uint8Array): boolean {
  try {
    return leafHash(event).equals(hash);
  } catch {
    // An event without a canonical form was never hashed.
    return false;
  }
}

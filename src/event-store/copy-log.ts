import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '../../events/envelope.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import { leafHash } from '../proofs/merkle/leaf-hash.js';
import { rootAt } from '../proofs/merkle/root.js';
import type { EventStore } from './port.js';

/** So many events are copied at a time: what is lost when a copy breaks off, and what is kept in memory. */
const BATCH_SIZE = 5000;

/** The log that was to be copied to holds something else than the one that was to be copied. */
class CopyRefusedError extends PeildatumError {
  readonly code = 'COPY_REFUSED';
}

export interface Copying {
  readonly source: EventStore;
  readonly target: EventStore;
  readonly onProgress?: (position: number, of: number) => void;
}

export interface Copied {
  /** What the target held already; it was compared like the rest. */
  readonly present: number;
  readonly copied: number;
}

/** An event comes out the same in every field, and so does the hash that proofs stand on. */
function compare(given: StoredEvent, held: StoredEvent | undefined): void {
  if (held !== undefined && isDeepStrictEqual(given, held) && leafHash(given).equals(leafHash(held))) return;
  throw new CopyRefusedError(
    `At position ${given.position} the log to copy from holds event ${given.id}, and the log to copy to ` +
      `${held === undefined ? 'holds nothing' : held.id === given.id ? 'holds it with another content' : `holds event ${held.id}`}. ` +
      `A copy goes into an empty log, or into one that holds the beginning of the same history.`,
  );
}

/** Reads the target's events in the places of those given, and compares each. */
async function verify(target: EventStore, given: readonly StoredEvent[]): Promise<void> {
  for (let index = 0; index < given.length;) {
    const after = (given[index]?.position ?? 1) - 1;
    const held = await target.readAll(after, given.length - index);
    if (held.length === 0) compare(given[index] as StoredEvent, undefined);
    for (const each of held) {
      const expected = given[index];
      if (expected) compare(expected, each);
      index += 1;
    }
  }
}

/** The same events have the same tree, so what was signed of one log is true of the other. */
async function copyCheckpoints(source: EventStore, target: EventStore, position: number): Promise<void> {
  const [given, held] = await Promise.all([source, target].map((log) => rootAt(position, log.subtreeHashes)));
  if (given === undefined || held === undefined || !given.equals(held)) {
    throw new CopyRefusedError(
      `Both logs hold the same events up to position ${position}, but their Merkle trees differ: one of them was tampered ` +
        `with. Restore a backup of it.`,
    );
  }
  for (let after = 0; ;) {
    const page = await source.checkpoints({ after });
    for (const { size, note } of page) if (size <= position) await target.keepCheckpoint({ size, note });
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}

/**
 * Makes the target hold what the source holds, position by position, times and all, and the checkpoints of it. It goes on where the target ends, so
 * that a copy that broke off is made whole by copying again; what is there already is compared first. Ends when the source
 * has no more, also of what came while it was copied.
 * @throws {CopyRefusedError} and what the logs throw
 */
export async function copyLog({ source, target, onProgress = () => {} }: Copying): Promise<Copied> {
  const present = (await target.head()).position;
  let end = (await source.head()).position;
  if (present > end) {
    throw new CopyRefusedError(
      `The log to copy to ends at position ${present}, and the log to copy from at ${end}. ` +
        `A copy goes into an empty log, or into one that holds the beginning of the same history.`,
    );
  }
  let position = 0;
  while (position < end) {
    const held = position < present;
    const events = await source.readAll(position, Math.min(BATCH_SIZE, (held ? present : end) - position));
    if (!held) await target.load(events, { continues: true });
    await verify(target, events);
    position = events.at(-1)?.position ?? end;
    if (position === end) end = (await source.head()).position;
    onProgress(position, end);
  }
  await copyCheckpoints(source, target, position);
  return { present, copied: position - present };
}

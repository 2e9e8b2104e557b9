import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '../../events/envelope.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import { leafHash } from '../proofs/merkle/leaf-hash.js';
import { rootAt } from '../proofs/merkle/root.js';
import type { EventStore } from './port.js';

/** How many events are copied at a time: held in memory, and copied again when a copy breaks off. */
const BATCH_SIZE = 5000;

/** The target holds something that the source does not hold. */
class CopyRefusedError extends PeildatumError {
  readonly code = 'COPY_REFUSED';
}

export interface Copying {
  readonly source: EventStore;
  readonly target: EventStore;
  readonly onProgress?: (position: number, of: number) => void;
}

export interface Copied {
  /** How many events the target held before. They are compared like the rest. */
  readonly present: number;
  readonly copied: number;
}

/** A copied event must equal its original in every field and in the hash that proofs are built on. */
function compare(given: StoredEvent, held: StoredEvent | undefined): void {
  if (held !== undefined && isDeepStrictEqual(given, held) && leafHash(given).equals(leafHash(held))) return;
  throw new CopyRefusedError(
    `At position ${given.position} the log to copy from holds event ${given.id}, and the log to copy to ` +
      `${held === undefined ? 'holds nothing' : held.id === given.id ? 'holds it with another content' : `holds event ${held.id}`}. ` +
      `A copy goes into an empty log, or into one that holds the beginning of the same history.`,
  );
}

/** Reads the events of the target at the positions of the given ones, and compares them one by one. */
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

/** Copies the checkpoints. The same events have the same tree, so a checkpoint of the source is true of the target. */
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
 * Copies a log event by event with positions and times, and its checkpoints after that. A copy that broke off is
 * completed by copying again: events that the target holds are compared, and the rest is added. Events that are
 * appended to the source meanwhile are copied too.
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

import type { Append, AppendResult, RememberedRequest } from './port.js';

/** An append that was checked. Its data is kept as text from then on, because the caller's objects may change. */
export interface PreparedAppend extends Append {
  /** By the place of the event in the append. */
  readonly data: readonly string[];
}

export const prepareAppend = (append: Append): PreparedAppend => ({
  ...append,
  data: append.events.map((event) => JSON.stringify(event.data)),
});

/** How many events each stream gets. A stream that only has an expected revision gets none. */
export function countByStream({ events, expected }: Append): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stream of expected?.keys() ?? []) counts.set(stream, 0);
  for (const { stream } of events) counts.set(stream, (counts.get(stream) ?? 0) + 1);
  return counts;
}

/** The result of an append whose idempotency key was used before. */
export const resultOfKnownKey = (
  { idempotencyKey, digest }: NonNullable<Append['request']>,
  known: RememberedRequest,
): AppendResult =>
  known.digest === digest
    ? { kind: 'REPEATED', events: known.events }
    : { kind: 'KEY_CONFLICT', idempotencyKey, events: known.events };

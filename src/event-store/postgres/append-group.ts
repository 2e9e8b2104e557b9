import type { AppendResult, RememberedRequest } from '../port.js';
import type { QueuedAppend } from '../append-queue.js';
import { newDraft, write } from './pending-write.js';
import { countByStream, judge, type PreparedAppend } from './decide-append.js';
import { findRequest } from './requests.js';
import { lookUp } from './append-context.js';
import { SHORT_PAUSE, type InTransaction, type Locked, type Outcome } from './transaction.js';

/** How an append of a group ended: each by itself. */
type Ended = { readonly result: AppendResult } | { readonly error: unknown };

/** What is known already of the requests that come with these appends. */
async function remember({ client }: Locked, known: Iterable<string>): Promise<Map<string, RememberedRequest>> {
  const remembered = new Map<string, RememberedRequest>();
  for (const key of known) {
    const request = await findRequest(client, key);
    if (request) remembered.set(key, request);
  }
  return remembered;
}

/** Judges all appends of a group and writes those that go through: a handful of statements, however many they are. */
async function appendAll(
  locked: Locked,
  appends: readonly PreparedAppend[],
  clock: () => Date,
): Promise<Outcome<readonly Ended[]>> {
  const { client, head } = locked;
  const standing = await lookUp(client, {
    streams: appends.flatMap((append) => [...countByStream(append).keys()]),
    ids: appends.flatMap(({ events }) => events.map(({ id }) => id)),
    keys: appends.flatMap(({ request }) => (request ? [request.idempotencyKey] : [])),
  });
  const draft = newDraft(head);
  const append = judge(standing, await remember(locked, standing.requests.keys()), draft, clock);
  const result = appends.map((each): Ended => {
    try {
      return { result: append(each) };
    } catch (error) {
      return { error };
    }
  });
  const last = draft.events.at(-1)?.event ?? null;
  if (last !== null) await write(client, draft);
  return { result, last };
}

/**
 * Appends a group in one transaction. Each is judged by itself, in the order in which they were asked for, and hears the
 * outcome only when the commit is durable.
 */
export function groupCommit(
  inTransaction: InTransaction,
  clock: () => Date,
): (group: readonly QueuedAppend<PreparedAppend>[]) => Promise<void> {
  return async (group) => {
    const appends = group.map(({ input }) => input);
    try {
      const ended = await inTransaction(SHORT_PAUSE, (locked) => appendAll(locked, appends, clock));
      for (const [index, { resolve, reject }] of group.entries()) {
        const each = ended[index];
        if (each !== undefined && 'result' in each) resolve(each.result);
        else reject(each?.error);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
}

import type { AppendResult, RememberedRequest } from '../port.js';
import type { QueuedAppend } from '../append-queue.js';
import { newPendingWrite, writePending } from './pending-write.js';
import { countByStream, type PreparedAppend } from '../prepared-append.js';
import { newAppendDecider } from './decide-append.js';
import { findRequest } from './requests.js';
import { readAppendContext } from './append-context.js';
import { APPEND_IDLE_TIMEOUT_MS, type RunTransaction, type Locked, type Outcome } from './transaction.js';

/** The outcome of one append of a group. */
type Ended = { readonly result: AppendResult } | { readonly error: unknown };

/** The requests of these appends that the log holds already. */
async function remember({ client }: Locked, known: Iterable<string>): Promise<Map<string, RememberedRequest>> {
  const remembered = new Map<string, RememberedRequest>();
  for (const key of known) {
    const request = await findRequest(client, key);
    if (request) remembered.set(key, request);
  }
  return remembered;
}

/** Decides all appends of a group and writes those that go through, in a handful of statements for any number. */
async function appendAll(
  locked: Locked,
  appends: readonly PreparedAppend[],
  clock: () => Date,
): Promise<Outcome<readonly Ended[]>> {
  const { client, head } = locked;
  const context = await readAppendContext(client, {
    streams: appends.flatMap((append) => [...countByStream(append).keys()]),
    ids: appends.flatMap(({ events }) => events.map(({ id }) => id)),
    keys: appends.flatMap(({ request }) => (request ? [request.idempotencyKey] : [])),
  });
  const pending = newPendingWrite(head);
  const append = newAppendDecider(context, await remember(locked, context.requests.keys()), pending, clock);
  const result = appends.map((each): Ended => {
    try {
      return { result: append(each) };
    } catch (error) {
      return { error };
    }
  });
  const last = pending.events.at(-1)?.event ?? null;
  if (last !== null) await writePending(client, pending);
  return { result, last };
}

/**
 * Appends a group in one transaction. Appends are decided in the order of the queue, each with its own outcome, which
 * is reported once the commit is durable.
 */
export function newGroupAppender(
  runTransaction: RunTransaction,
  clock: () => Date,
): (group: readonly QueuedAppend<PreparedAppend>[]) => Promise<void> {
  return async (group) => {
    const appends = group.map(({ input }) => input);
    try {
      const ended = await runTransaction(APPEND_IDLE_TIMEOUT_MS, (locked) => appendAll(locked, appends, clock));
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

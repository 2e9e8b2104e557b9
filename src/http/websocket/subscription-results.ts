import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { PeildatumError } from '../../../events/errors/peildatum-error.js';

/** The results of one subscription, as a stream that a client can leave and resume on another connection. */
export interface SubscriptionResults extends AsyncIterableIterator<ExecutionResult, undefined> {
  /** Every event up to this log position has been handed out; null for a source that has no positions. */
  readonly resumeAfter: number | null;
  return(): Promise<IteratorResult<ExecutionResult, undefined>>;
}

/** The source of a subscription failed, or the context of one of its messages could not be made. */
export class SourceFailedError extends PeildatumError {
  readonly code = 'SOURCE_FAILED';
}

const isIterable = (source: AsyncIterable<unknown> | ExecutionResult): source is AsyncIterable<unknown> =>
  Symbol.asyncIterator in source;

/**
 * Subscribes, and executes each message of the source with a context of its own. graphql-js would use the context of the
 * beginning for all messages, and a subscription may last for days.
 */
export const subscribeWithFreshContexts = async (
  args: ExecutionArgs,
  newContext: () => Promise<unknown>,
): Promise<SubscriptionResults | ExecutionResult> => {
  const source: (AsyncIterable<unknown> & { readonly resumeAfter?: number }) | ExecutionResult =
    await createSourceEventStream(args);
  if (!isIterable(source)) return source;
  const messages = source[Symbol.asyncIterator]();
  const end = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    await messages.return?.();
    return { done: true, value: undefined };
  };
  const results: SubscriptionResults = {
    get resumeAfter() {
      return source.resumeAfter ?? null;
    },
    async next() {
      try {
        const message = await messages.next();
        if (message.done) return { done: true, value: undefined };
        const value = await execute({ ...args, rootValue: message.value, contextValue: await newContext() });
        return { done: false, value };
      } catch (cause) {
        await end();
        throw new SourceFailedError('A subscription failed.', { cause });
      }
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  return results;
};

import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';

/** A stream of answers that can be broken off and continued elsewhere. */
export interface Answers extends AsyncIterableIterator<ExecutionResult, undefined> {
  /** Everything up to this position has been handed out; null where the source does not say. */
  readonly resumeAfter: number | null;
  return(): Promise<IteratorResult<ExecutionResult, undefined>>;
}

/** The source of a subscription failed, or the context of one of its messages could not be made. */
export class SourceFailed extends Error {
  override readonly name = 'SourceFailed';
}

const isIterable = (source: AsyncIterable<unknown> | ExecutionResult): source is AsyncIterable<unknown> =>
  Symbol.asyncIterator in source;

/**
 * Subscribes, and answers each message of the source in a context of its own: graphql-js would use that of the beginning for
 * ever, and a subscription may outlive it by days.
 */
export const subscribeAfresh = async (
  args: ExecutionArgs,
  newContext: () => Promise<unknown>,
): Promise<Answers | ExecutionResult> => {
  const source: (AsyncIterable<unknown> & { readonly resumeAfter?: number }) | ExecutionResult =
    await createSourceEventStream(args);
  if (!isIterable(source)) return source;
  const messages = source[Symbol.asyncIterator]();
  const end = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    await messages.return?.();
    return { done: true, value: undefined };
  };
  const answers: Answers = {
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
        throw new SourceFailed('A subscription failed.', { cause });
      }
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  return answers;
};

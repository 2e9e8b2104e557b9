import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work that shares a transaction with others of its kind. */
export interface Shared<In, Out> {
  readonly input: In;
  readonly resolve: (output: Out) => void;
  readonly reject: (error: unknown) => void;
}

interface Alone {
  readonly alone: () => Promise<void>;
}

/** One after the other: what uses the writing connection. */
export interface WriteQueue<In, Out> {
  share(input: In): Promise<Out>;
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Settles when nothing is queued or under way. Never rejects. */
  idle(): Promise<void>;
}

/** So many at most in one transaction: it holds up the event loop, and other processes. */
const LARGEST_GROUP = 500;

/**
 * Groups what is asked for in one turn of the event loop, so that it is made durable together: waiting for the disk is
 * most of the cost of an append.
 * @param together settles every item that it is given, and never rejects.
 */
export function writeQueue<In, Out>(
  together: (group: readonly Shared<In, Out>[]) => Promise<void>,
): WriteQueue<In, Out> {
  const waiting: (Shared<In, Out> | Alone)[] = [];
  let draining: Promise<void> | null = null;

  function takeGroup(): Shared<In, Out>[] {
    const group: Shared<In, Out>[] = [];
    for (const item of waiting) {
      if ('alone' in item || group.length === LARGEST_GROUP) break;
      group.push(item);
    }
    waiting.splice(0, group.length);
    return group;
  }

  async function drain(): Promise<void> {
    for (;;) {
      await nextTurn();
      const [first] = waiting;
      if (first === undefined) break;
      if ('alone' in first) {
        waiting.shift();
        await first.alone();
      } else {
        await together(takeGroup());
      }
    }
    draining = null;
  }

  function enqueue(item: Shared<In, Out> | Alone): void {
    waiting.push(item);
    draining ??= drain();
  }

  return {
    share: (input) => new Promise((resolve, reject) => enqueue({ input, resolve, reject })),
    alone: (work) =>
      new Promise((resolve, reject) => {
        enqueue({ alone: () => work().then(resolve, reject) });
      }),
    idle: async () => {
      await draining;
    },
  };
}

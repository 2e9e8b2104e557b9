import { setImmediate as nextTurn } from 'node:timers/promises';

/** An item that waits for its batch, and how to settle the promise of whoever added it. */
export interface BatchItem<In, Out> {
  readonly input: In;
  readonly resolve: (output: Out) => void;
  readonly reject: (error: unknown) => void;
}

interface ExclusiveTask {
  readonly run: () => Promise<void>;
}

/** Runs batches and exclusive tasks one at a time, in the order in which they were added. */
export interface BatchQueue<In, Out> {
  add(input: In): Promise<Out>;
  runExclusive<T>(task: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is queued or running. Never rejects. */
  whenIdle(): Promise<void>;
}

export interface BatchQueueOptions<In, Out> {
  /** Must settle every item that it is given, and must not reject. */
  readonly runBatch: (batch: readonly BatchItem<In, Out>[]) => Promise<void>;
  /** How many items a batch has at most. */
  readonly maxBatchCount: number;
}

/** Batches what is added in one turn of the event loop, or while the queue is busy. */
export function newBatchQueue<In, Out>({ runBatch, maxBatchCount }: BatchQueueOptions<In, Out>): BatchQueue<In, Out> {
  const waiting: (BatchItem<In, Out> | ExclusiveTask)[] = [];
  let draining: Promise<void> | null = null;

  function takeBatch(): BatchItem<In, Out>[] {
    const batch: BatchItem<In, Out>[] = [];
    for (const item of waiting) {
      if ('run' in item || batch.length === maxBatchCount) break;
      batch.push(item);
    }
    waiting.splice(0, batch.length);
    return batch;
  }

  async function drain(): Promise<void> {
    for (;;) {
      await nextTurn();
      const [first] = waiting;
      if (first === undefined) break;
      if ('run' in first) {
        waiting.shift();
        await first.run();
      } else {
        await runBatch(takeBatch());
      }
    }
    draining = null;
  }

  function enqueue(item: BatchItem<In, Out> | ExclusiveTask): void {
    waiting.push(item);
    draining ??= drain();
  }

  return {
    add: (input) => new Promise((resolve, reject) => enqueue({ input, resolve, reject })),
    runExclusive: (task) =>
      new Promise((resolve, reject) => {
        enqueue({ run: () => task().then(resolve, reject) });
      }),
    whenIdle: async () => {
      await draining;
    },
  };
}

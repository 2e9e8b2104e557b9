import { describe, expect, it } from 'vitest';
import { newBatchQueue, type BatchItem } from '../../src/concurrency/batch-queue.js';

/** A queue that records its batches, and answers each item with the number of its batch. */
function recordingQueue() {
  const batches: number[][] = [];
  const queue = newBatchQueue<number, number>({
    maxBatchCount: 500,
    async runBatch(batch: readonly BatchItem<number, number>[]) {
      batches.push(batch.map(({ input }) => input));
      for (const { resolve } of batch) resolve(batches.length);
    },
  });
  return { queue, batches };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('a batch queue', () => {
  it('takes what is added at once together, and answers each', async () => {
    const { queue, batches } = recordingQueue();
    const answers = await Promise.all(numbers(100).map((item) => queue.add(item)));
    expect(batches).toEqual([numbers(100)]);
    expect(new Set(answers)).toEqual(new Set([1]));
    await queue.add(7);
    expect(batches[1]).toEqual([7]);
  });

  it('bounds a batch, and keeps the order', async () => {
    const { queue, batches } = recordingQueue();
    await Promise.all(numbers(1200).map((item) => queue.add(item)));
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 200]);
    expect(batches.flat()).toEqual(numbers(1200));
  });

  it('runs nothing else during an exclusive task, whether that resolves or rejects', async () => {
    const { queue, batches } = recordingQueue();
    const first = queue.add(1);
    const exclusive = queue.runExclusive(async () => {
      const before = batches.length;
      const during = queue.add(3);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { before, after: batches.length, during };
    });
    const failing = queue.runExclusive(() => Promise.reject(new Error('This one fails.')));
    const second = queue.add(2);
    expect(await exclusive).toMatchObject({ before: 1, after: 1 });
    await expect(failing).rejects.toThrow('This one fails.');
    await Promise.all([first, second]);
    await queue.whenIdle();
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('is idle when nothing is left to do', async () => {
    const { queue, batches } = recordingQueue();
    await queue.whenIdle();
    for (const item of numbers(3)) void queue.add(item);
    await queue.whenIdle();
    expect(batches).toEqual([numbers(3)]);
  });
});

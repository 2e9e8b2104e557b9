import { describe, expect, it } from 'vitest';
import { writeQueue, type Shared } from '../../src/event-store/write-queue.js';

/** A queue that notes what it does, and answers each item with the number of its group. */
function notingQueue() {
  const groups: number[][] = [];
  const queue = writeQueue<number, number>(async (group: readonly Shared<number, number>[]) => {
    groups.push(group.map(({ input }) => input));
    for (const { resolve } of group) resolve(groups.length);
  });
  return { queue, groups };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('the queue of writes', () => {
  it('groups what is asked for at once, and answers each', async () => {
    const { queue, groups } = notingQueue();
    const answers = await Promise.all(numbers(100).map((item) => queue.share(item)));
    expect(groups).toEqual([numbers(100)]);
    expect(new Set(answers)).toEqual(new Set([1]));
    await queue.share(7);
    expect(groups[1]).toEqual([7]);
  });

  it('bounds a group, and keeps the order', async () => {
    const { queue, groups } = notingQueue();
    await Promise.all(numbers(1200).map((item) => queue.share(item)));
    expect(groups.map((group) => group.length)).toEqual([500, 500, 200]);
    expect(groups.flat()).toEqual(numbers(1200));
  });

  it('does nothing else while something is done alone, whether that goes well or not', async () => {
    const { queue, groups } = notingQueue();
    const first = queue.share(1);
    const alone = queue.alone(async () => {
      const before = groups.length;
      const during = queue.share(3);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { before, after: groups.length, during };
    });
    const failing = queue.alone(() => Promise.reject(new Error('This one fails.')));
    const second = queue.share(2);
    expect(await alone).toMatchObject({ before: 1, after: 1 });
    await expect(failing).rejects.toThrow('This one fails.');
    await Promise.all([first, second]);
    await queue.idle();
    expect(groups).toEqual([[1], [2, 3]]);
  });

  it('is idle when nothing is left to do', async () => {
    const { queue, groups } = notingQueue();
    await queue.idle();
    for (const item of numbers(3)) void queue.share(item);
    await queue.idle();
    expect(groups).toEqual([numbers(3)]);
  });
});

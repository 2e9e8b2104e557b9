import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkAppend } from '../../src/event-store/event-validation.js';
import { newAppendQueue } from '../../src/event-store/append-queue.js';
import type { Append } from '../../src/event-store/port.js';
import { prepareAppend } from '../../src/event-store/prepared-append.js';
import { toStoreError } from '../../src/event-store/sqlite/store-error.js';
import { newGroupAppender } from '../../src/event-store/sqlite/append-group.js';
import { newHistoryLoader } from '../../src/event-store/sqlite/load-history.js';
import { openLogFile } from '../../src/event-store/sqlite/log-file.js';
import { newWriteTransaction } from '../../src/event-store/sqlite/transaction.js';
import { event, history } from '../contract/event-store/support.js';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();

it('keeps nothing of what did not fit on the disk, says so, and goes on when there is room', async () => {
  const { writer, reader } = openLogFile(join(directory, 'log.sqlite'));
  const clock = () => new Date();
  const transaction = newWriteTransaction(writer);
  const queue = newAppendQueue(newGroupAppender(writer, transaction, clock, () => {}));
  const load = newHistoryLoader(writer, transaction, clock);
  const append = (given: Append) => {
    checkAppend(given);
    return queue.add(prepareAppend(given));
  };
  const length = () => reader.prepare('SELECT count(*) FROM event').pluck().get();

  await queue.runExclusive(() => load(history(1)));
  // SQLite runs out of pages here as it would out of disk.
  const pages = Number(writer.pragma('page_count', { simple: true }));
  writer.pragma(`max_page_count = ${pages + 4}`);

  await expect(queue.runExclusive(() => load(history(5000)))).rejects.toThrow('full');
  expect(length()).toBe(1);

  const large = (index: number) => event('b', { text: String(index).padStart(4000, '-') });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => append({ events: [large(index), large(index + 100)] })),
  );
  const kept = outcomes.filter(({ status }) => status === 'fulfilled').length;
  expect(kept).toBeLessThan(50);
  expect(length()).toBe(1 + 2 * kept);
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    expect(toStoreError('the-file', outcome.reason)).toMatchObject({
      name: 'StoreUnusableError',
      code: 'NOT_WRITABLE',
    });
    expect(String(toStoreError('the-file', outcome.reason))).toMatch(/the-file.*disk is full/);
  }

  writer.pragma('max_page_count = 1000000');
  await append({ events: [large(1)], expected: new Map([['b', kept === 0 ? 'NO_STREAM' : 2 * kept - 1]]) });
  expect(length()).toBe(2 + 2 * kept);
  reader.close();
  writer.close();
});

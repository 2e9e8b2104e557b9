import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { append, event, everything, expectDense, history, ids } from '../contract/event-store/support.js';
import { startFixture } from '../support/child.js';
import { testDirectory } from '../support/directory.js';
import { acknowledgedIn, expectKept, type Acknowledged } from './acknowledged.js';

const directory = testDirectory();
const between = (from: number, until: number): number => from + Math.floor(Math.random() * (until - from));
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, between(0, 20)));

async function readLog(file: string): Promise<StoredEvent[]> {
  const store = openSqliteEventStore({ file });
  const log = await everything(store);
  await store.close();
  return log;
}

describe('an SQLite log and several processes', () => {
  it('is created once and written by all of them', async () => {
    const file = join(directory, 'shared.sqlite');
    const children = ['a', 'b', 'c', 'd'].map((stream) =>
      startFixture('append-events.mjs', `sqlite:${file}`, stream, '50'),
    );
    await Promise.all(children.map((child) => child.ended()));
    const log = await readLog(file);
    expect(log).toHaveLength(4 * 50 * 3);
    expectKept(
      log,
      children.flatMap((child) => acknowledgedIn(child.lines)),
    );
  });

  it('loses nothing acknowledged and keeps nothing half when a writer is killed, again and again', async () => {
    const file = join(directory, 'killed.sqlite');
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < 8; round += 1) {
      const child = startFixture('append-events.mjs', `sqlite:${file}`, `round-${round}`);
      // The first is killed wherever it is then, perhaps while it creates the file; the others while they append.
      if (round > 0) await child.written(between(1, 60));
      await aMoment();
      await child.kill();
      acknowledged.push(...acknowledgedIn(child.lines));
      expectKept(await readLog(file), acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThan(0);
  });

  it('creates the file whole or not at all, whenever its creator is killed', async () => {
    for (let round = 0; round < 6; round += 1) {
      const file = join(directory, `created-${round}.sqlite`);
      const child = startFixture('append-events.mjs', `sqlite:${file}`, 'a');
      while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 1));
      await child.kill();
      expectKept(await readLog(file), acknowledgedIn(child.lines));
    }
  });

  it.each([1, 2, 17, 400])('holds nothing of a load that was killed after %i hundred events', async (hundreds) => {
    const file = join(directory, `load-${hundreds}.sqlite`);
    const past = history(3);
    const before = openSqliteEventStore({ file });
    await before.load(past);
    await before.close();

    const child = startFixture('load-without-end.mjs', `sqlite:${file}`);
    await child.written(hundreds);
    await aMoment();
    await child.kill();

    const store = openSqliteEventStore({ file });
    expect(ids(await everything(store))).toEqual(ids(past));
    expect((await store.head()).position).toBe(3);
    await append(store, [event('stream-0')], { expected: new Map([['stream-0', 'NO_STREAM']]) });
    expectDense(await everything(store));
    await store.close();
  });
});

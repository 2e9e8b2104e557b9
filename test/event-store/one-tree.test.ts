import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKurrentEventStore } from '../../src/event-store/kurrentdb/index.js';
import type { EventStore, HistoricEvent } from '../../src/event-store/port.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { history } from '../contract/event-store/support.js';
import { expectTree } from '../contract/event-store/tree.js';
import { testDirectory } from '../support/directory.js';
import { describeOnKurrentdb, newLogName } from '../support/kurrentdb/shared.js';
import { describeOnPostgres, testSchemas } from '../support/postgres/shared.js';

const directory = testDirectory();
let files = 0;

/** One history, which all engines get, in pieces of different sizes. */
const past: readonly HistoricEvent[] = history(2345).map((each) => ({
  ...each,
  appendedAt: '2021-01-01T00:00:00.000Z',
}));
const ROOTS = new Set<string>();

async function expectSameTree(open: () => Promise<EventStore>): Promise<void> {
  for (const size of [past.length, 1000, 256, 97]) {
    const store = await open();
    for (let from = 0; from < past.length; from += size) await store.load(past.slice(from, from + size));
    ROOTS.add((await expectTree(store, past.length)).toString('hex'));
    await store.close();
  }
  expect(ROOTS.size).toBe(1);
}

describe('the tree of one history', () => {
  it('is the same in a file, in whatever pieces it comes', () =>
    expectSameTree(async () => openSqliteEventStore({ file: join(directory, `${(files += 1)}.sqlite`) })));
});

describeOnPostgres('the tree of one history', (url) => {
  const newSchema = testSchemas(url);
  it('is the same on PostgreSQL', () => expectSameTree(() => openPostgresEventStore({ url, schema: newSchema() })));
});

describeOnKurrentdb('the tree of one history', (url) => {
  it('is the same on KurrentDB', () => expectSameTree(() => openKurrentEventStore({ url: url(), log: newLogName() })));
});

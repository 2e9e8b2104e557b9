import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openKurrentEventStore } from '../../src/event-store/kurrentdb/index.js';
import type { EventStore } from '../../src/event-store/port.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { verifyLogFile } from '../../src/event-store/sqlite/verify-log-file.js';
import { append, events, everything, history } from '../contract/event-store/support.js';
import { expectTree } from '../contract/event-store/tree.js';
import { startFixture } from '../support/child.js';
import { testDirectory } from '../support/directory.js';
import { describeOnKurrentdb, newLogName } from '../support/kurrentdb/shared.js';
import { describeOnPostgres, inSchema, onPostgres, testSchemas } from '../support/postgres/shared.js';
import { withoutTree, withoutTreeOn } from '../support/released-logs.js';

const directory = testDirectory();
let files = 0;
const newFile = (): string => join(directory, `${(files += 1)}.sqlite`);

const COUNT = 12_345;

async function fill(store: EventStore, count = COUNT): Promise<void> {
  await store.load(history(count - 3));
  await append(store, events(3, 'live'));
  await store.close();
}

/** Opens it, asks, closes it. */
async function using<T>(store: EventStore, work: (store: EventStore) => Promise<T>): Promise<T> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('a log in a file of a release without the tree', () => {
  it('is sound as it is', async () => {
    const file = newFile();
    await fill(openSqliteEventStore({ file }), 600);
    const { root } = await verifyLogFile(file);
    withoutTree(file);
    expect(await verifyLogFile(file)).toMatchObject({ problems: [], events: 600, root });
  });

  it('has it once it is opened, and goes on', async () => {
    const file = newFile();
    await fill(openSqliteEventStore({ file }));
    withoutTree(file);
    await using(openSqliteEventStore({ file }), async (store) => {
      await expectTree(store, COUNT);
      await append(store, events(300, 'a'));
      await expectTree(store, COUNT + 300);
      await store.keepCheckpoint({ size: 5, note: 'note' });
    });
    expect(await verifyLogFile(file)).toMatchObject({ problems: [], events: COUNT + 300 });
  });

  it('gets it once, when several processes open it at once and append', async () => {
    const file = newFile();
    await fill(openSqliteEventStore({ file }));
    withoutTree(file);
    const children = ['a', 'b', 'c'].map((stream) => startFixture('append-events.mjs', `sqlite:${file}`, stream, '50'));
    await Promise.all(children.map((child) => child.ended()));
    await using(openSqliteEventStore({ file }), (store) => expectTree(store, COUNT + 450));
    expect(await verifyLogFile(file)).toMatchObject({ problems: [], events: COUNT + 450 });
  });

  it('is left as it is when it cannot be brought up to date', async () => {
    const file = newFile();
    await fill(openSqliteEventStore({ file }), 600);
    withoutTree(file);
    const change = (sql: string): void => {
      const db = new Database(file);
      db.exec(sql);
      db.close();
    };
    // An event that is missing: the tree cannot be made up.
    change('DROP TRIGGER event_is_never_removed; PRAGMA foreign_keys = OFF; DELETE FROM event WHERE position = 77');
    change(`CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
      BEGIN SELECT RAISE(ABORT, 'An event is never removed.'); END`);
    expect(() => openSqliteEventStore({ file })).toThrow(expect.objectContaining({ code: 'CORRUPT' }) as Error);
    const db = new Database(file, { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('subtree', 'checkpoint')").all()).toEqual([]);
    db.close();
  });

  it('gets what a process of that release leaves out, with the next block', async () => {
    const file = newFile();
    await fill(openSqliteEventStore({ file }), 900);
    // What the tables are when such a process has appended since they were brought up to date.
    const db = new Database(file);
    db.exec('DROP TRIGGER subtree_is_never_removed; DELETE FROM subtree WHERE idx > 0 OR level > 8');
    db.exec(`CREATE TRIGGER subtree_is_never_removed BEFORE DELETE ON subtree
      BEGIN SELECT RAISE(ABORT, 'A hash of the tree is never removed.'); END`);
    db.close();
    await using(openSqliteEventStore({ file }), async (store) => {
      await expectTree(store, 900);
      await append(store, events(200, 'a'));
      await expectTree(store, 1100);
    });
    expect(await verifyLogFile(file)).toMatchObject({ problems: [] });
  });
});

describeOnPostgres('a log on PostgreSQL of a release without the tree', (url) => {
  const newSchema = testSchemas(url);
  const open = (schema: string): Promise<EventStore> => openPostgresEventStore({ url, schema });
  const subtrees = async (schema: string) =>
    (await onPostgres(url, (client) => client.query(`SELECT * FROM ${schema}.subtree ORDER BY level, idx`))).rows;

  it('has it once it is opened, and goes on', async () => {
    const schema = newSchema();
    await fill(await open(schema));
    const before = await subtrees(schema);
    expect(before).toHaveLength(48 + 24 + 12 + 6 + 3 + 1);
    await onPostgres(url, (client) => withoutTreeOn(client, schema));
    await using(await open(schema), async (store) => {
      expect(await subtrees(schema)).toEqual(before);
      await append(store, events(300, 'a'));
      await expectTree(store, COUNT + 300);
      await store.keepCheckpoint({ size: 5, note: 'note' });
    });
  });

  it('gets it once, when several processes open it at once and append', async () => {
    const schema = newSchema();
    await fill(await open(schema));
    await onPostgres(url, (client) => withoutTreeOn(client, schema));
    const log = inSchema(url, schema);
    const children = ['a', 'b', 'c'].map((stream) => startFixture('append-events.mjs', log, stream, '50'));
    await Promise.all(children.map((child) => child.ended()));
    await using(await open(schema), (store) => expectTree(store, COUNT + 450));
  });

  it('gets what a process of that release leaves out, at the next opening or with the next block', async () => {
    const schema = newSchema();
    await fill(await open(schema), 900);
    const whole = await subtrees(schema);
    const leaveOut = (): Promise<unknown> =>
      onPostgres(url, (client) =>
        client.query(`
          ALTER TABLE ${schema}.subtree DISABLE TRIGGER subtree_is_never_changed;
          DELETE FROM ${schema}.subtree WHERE idx > 0 OR level > 8;
          ALTER TABLE ${schema}.subtree ENABLE ALWAYS TRIGGER subtree_is_never_changed`),
      );
    await leaveOut();
    await using(await open(schema), async (store) => {
      expect(await subtrees(schema)).toEqual(whole);
      await leaveOut();
      await expectTree(store, 900);
      await append(store, events(200, 'a'));
      await expectTree(store, 1100);
      expect(await subtrees(schema)).toHaveLength(4 + 2 + 1);
    });
  });
});

describeOnKurrentdb('the index of a release without the tree', (url) => {
  it('has it once it is opened', async () => {
    const [log, index] = [newLogName(), newFile()];
    const open = (): Promise<EventStore> => openKurrentEventStore({ url: url(), log, index });
    await fill(await open(), 1500);
    withoutTree(index);
    await using(await open(), async (store) => {
      await expectTree(store, 1500);
      expect(await everything(store)).toHaveLength(1500);
    });
  });
});

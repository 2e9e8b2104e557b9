import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { openKurrentEventStore } from '../../../src/event-store/kurrentdb/index.js';
import { openSqliteEventStore } from '../../../src/event-store/sqlite/index.js';
import type { EventStore } from '../../../src/event-store/port.js';
import { event, events, everything, history, sized } from '../../contract/event-store/support.js';
import { startLoopback, type Loopback } from '../../support/kurrentdb/loopback.js';
import { describeOnKurrentdb, describeOnLoopback, newLogName, urlOf } from '../../support/kurrentdb/shared.js';

const directory = mkdtempSync(join(tmpdir(), 'peildatum-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
const newFile = (): string => join(directory, `index-${(files += 1)}.db`);

const stores: EventStore[] = [];
const closeAll = () => Promise.all(stores.splice(0).map((store) => store.close()));
afterEach(closeAll);

async function open(url: string, options: { log?: string; index?: string } = {}): Promise<EventStore> {
  const store = await openKurrentEventStore({ url, retryTimeoutMs: 500, ...options });
  stores.push(store);
  return store;
}

describeOnKurrentdb('the index of a log on KurrentDB', (url) => {
  it('goes on where it ended, and comes to the same as one that is built anew', async () => {
    const [log, index] = [newLogName(), newFile()];
    const store = await open(url(), { log, index });
    await store.load(history(1500));
    await store.append({ events: events(3, 'a'), request: { idempotencyKey: 'key', digest: 'digest' } });
    await closeAll();
    const elsewhere = await open(url(), { log });
    await elsewhere.append({ events: [event('a', { type: 'ReportPublished', schemaVersion: 1, data: sized(1) })] });
    const again = await open(url(), { log, index });
    expect(await everything(again)).toEqual(await everything(elsewhere));
    expect(await again.findRequest('key')).toEqual(await elsewhere.findRequest('key'));
    expect((await again.append({ events: [event('a')], expected: new Map([['a', 3]]) })).kind).toBe('APPENDED');
  });

  it('may be shared by processes on one machine', async () => {
    const [log, index] = [newLogName(), newFile()];
    const sharing = [await open(url(), { log, index }), await open(url(), { log, index })];
    const outside = await open(url(), { log });
    const writers = [...sharing, outside].map(async (store) => {
      for (let count = 0; count < 20; count += 1) await store.append({ events: events(2, 'a') });
    });
    await Promise.all(writers);
    const [one, other, third] = await Promise.all([...sharing, outside].map((store) => everything(store)));
    expect(one).toHaveLength(120);
    expect(other).toEqual(one);
    expect(third).toEqual(one);
  });

  it('keeps the native revision and position beside ours', async () => {
    const [log, index] = [newLogName(), newFile()];
    const store = await open(url(), { log, index });
    await store.append({ events: events(3, 'a') });
    await store.append({ events: events(2, 'a') });
    await closeAll();
    const db = new Database(index, { readonly: true });
    const rows = db.prepare('SELECT * FROM native_commit ORDER BY revision').all();
    db.close();
    const position: unknown = expect.stringMatching(/^\d+\/\d+$/);
    expect(rows).toMatchObject([
      { revision: 0, native_position: position, first_position: 1, last_position: 3 },
      { revision: 1, native_position: position, first_position: 4, last_position: 5 },
    ]);
  });

  it('is built again when it belongs to another log, or was written to by somebody else', async () => {
    const [one, other, index] = [newLogName(), newLogName(), newFile()];
    await (await open(url(), { log: one, index })).append({ events: [event('one')] });
    await (await open(url(), { log: other })).append({ events: [event('other')] });
    await closeAll();
    const moved = await open(url(), { log: other, index });
    expect((await everything(moved)).map(({ stream }) => stream)).toEqual(['other']);
    await closeAll();
    const astray = openSqliteEventStore({ file: index });
    await astray.append({ events: [event('astray')] });
    await astray.close();
    expect((await everything(await open(url(), { log: other, index }))).map(({ stream }) => stream)).toEqual(['other']);
  });

  it('leaves a file alone that is something else', async () => {
    const index = newFile();
    writeFileSync(
      index,
      'Dear diary, today I wrote more than a hundred characters, so that it cannot be an empty database.',
    );
    await expect(open(url(), { log: newLogName(), index })).rejects.toMatchObject({ name: 'StoreUnusableError' });
    expect(existsSync(index)).toBe(true);
  });

  it('does not take a stream for a log that holds something else', async () => {
    const log = newLogName();
    const client = KurrentDBClient.connectionString(url());
    await client.appendToStream(`peildatum-${log}`, jsonEvent({ type: 'OrderPlaced', data: { order: 1 } }));
    await client.dispose();
    await expect(open(url(), { log })).rejects.toMatchObject({ name: 'StoreUnusableError', code: 'FOREIGN' });
  });

  it('does not read the log of a newer release', async () => {
    const log = newLogName();
    const client = KurrentDBClient.connectionString(url());
    const data = { format: 2, kind: 'APPEND', content: {} };
    await client.appendToStream(`peildatum-${log}`, jsonEvent({ type: 'PeildatumCommit', data }));
    await client.dispose();
    await expect(open(url(), { log })).rejects.toMatchObject({ name: 'StoreUnusableError', code: 'TOO_NEW' });
  });
});

describeOnLoopback('a log on KurrentDB that is damaged', () => {
  let loopback: Loopback;
  beforeEach(async () => {
    loopback = await startLoopback();
    const store = await open(urlOf(loopback));
    await store.append({ events: [event('a')] });
    await store.append({ events: [event('a', { type: 'ReportPublished', schemaVersion: 1, data: sized(1) })] });
    await store.append({ events: [event('b')] });
    await closeAll();
  });
  afterEach(() => loopback.close());

  const commits = () => loopback.memory.tampered('peildatum-log');

  const damages: readonly (readonly [string, () => void])[] = [
    [
      'a commit that says something else',
      () => {
        const [first] = commits();
        const text = Buffer.from(first?.data ?? []).toString();
        if (first) first.data = Buffer.from(text.replace('It happened.', 'It happened!'));
      },
    ],
    ['a commit that is gone', () => void commits().splice(1, 1)],
    ['a beginning that is gone', () => void commits().splice(0, 1)],
    [
      'a part that is gone',
      () => {
        for (const name of loopback.memory.streams()) if (name.includes('-part-')) loopback.memory.remove(name);
      },
    ],
    [
      'a part that says something else',
      () => {
        const name = loopback.memory.streams().find((each) => each.includes('-part-')) ?? '';
        const [first] = loopback.memory.stream(name) ?? [];
        first?.data.set(Buffer.from('ee'), 5000);
      },
    ],
  ];

  it.each(damages)('is not opened, and told as damaged: %s', async (_, damage) => {
    damage();
    await expect(open(urlOf(loopback))).rejects.toMatchObject({ name: 'StoreUnusableError', code: 'CORRUPT' });
  });

  it('is told as gone when its stream was deleted while it was open', async () => {
    const store = await open(urlOf(loopback));
    loopback.memory.remove('peildatum-log');
    await expect(store.head()).rejects.toMatchObject({ name: 'StoreUnusableError', code: 'CORRUPT' });
  });
});

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../../src/event-store/port.js';
import { openKurrentEventStore } from '../../../src/event-store/kurrentdb/index.js';
import { openPostgresEventStore } from '../../../src/event-store/postgres/index.js';
import { openSqliteEventStore } from '../../../src/event-store/sqlite/index.js';
import { verifyLogFile } from '../../../src/event-store/sqlite/verify-log-file.js';
import type { LogReport } from '../../../src/proofs/verification/verify-log.js';
import { verifyEventStore } from '../../../src/proofs/verification/verify-event-store.js';
import type { SignedTreeHead } from '../../../src/proofs/verification/tree-verifier.js';
import { append, event, everything, historic } from '../../contract/event-store/support.js';
import { leavesOf } from '../../contract/event-store/tree.js';
import { testDirectory } from '../../support/directory.js';
import { describeOnKurrentdb, newLogName } from '../../support/kurrentdb/shared.js';
import { at, naiveRoot } from '../../support/naive-tree.js';
import { describeOnPostgres, onPostgres, testSchemas } from '../../support/postgres/shared.js';
import { rewrite, rewriteOn, thoroughness, type Row, type Thoroughness } from '../../support/rewriting.js';

const COUNT = 1000;
const SIGNED_AT = [0, 1, 100, 300, 512, 700, COUNT];

const directory = testDirectory();
let files = 0;
const newFile = (): string => join(directory, `${(files += 1)}.sqlite`);

/** Fills a log with events of five streams in turn, and signs it at some sizes. */
async function fill(store: EventStore): Promise<SignedTreeHead[]> {
  const instant = (index: number): string => new Date(Date.UTC(2020, 0, 1) + index * 1000).toISOString();
  await store.load(
    Array.from({ length: COUNT - 5 }, (_, index) => historic(instant(index), { stream: `stream-${index % 5}` })),
  );
  await append(
    store,
    [0, 1, 2, 3, 4].map((nth) => event(`stream-${nth}`)),
  );
  const leaves = leavesOf(await everything(store));
  return SIGNED_AT.map((size) => ({ size, root: naiveRoot(leaves.slice(0, size)) }));
}

const renumbered = (rows: readonly Row[]): Row[] => {
  const revisions = new Map<string, number>();
  return rows.map((row, index) => {
    const revision = (revisions.get(row.stream) ?? -1) + 1;
    revisions.set(row.stream, revision);
    return { ...row, position: index + 1, revision };
  });
};

/** What somebody can do to a log, and at which position it must be found, by how thorough they were. */
const attacks: readonly {
  readonly name: string;
  readonly change: (rows: Row[]) => Row[];
  readonly found: Readonly<Record<Thoroughness, readonly [position: number, message: RegExp]>>;
}[] = [
  {
    name: 'one byte of an event was changed',
    change: (rows) =>
      rows.with(332, { ...at(rows, 332), data: at(rows, 332).data.replace('It happened.', 'It happenes.') }),
    found: {
      ROWS: [333, /is not what was recorded/],
      HASHES: [257, /is the first of 256 events whose hash in the tree is not what theirs come to/],
      TREE: [301, /or one of those after it up to position 512 is not what it was when the first 512 were signed/],
    },
  },
  {
    name: 'the last ten were dropped',
    change: (rows) => rows.slice(0, -10),
    found: {
      ROWS: [991, /is not there, though the first 1000 were signed/],
      HASHES: [991, /is not there, though the first 1000 were signed/],
      TREE: [991, /is not there, though the first 1000 were signed/],
    },
  },
  {
    name: 'two were swapped',
    change: (rows) => {
      const [one, other] = [at(rows, 399), at(rows, 400)];
      const time = { recorded_at: one.recorded_at };
      return renumbered(rows.with(399, { ...other, ...time }).with(400, { ...one, recorded_at: other.recorded_at }));
    },
    found: {
      ROWS: [400, /is not what was recorded/],
      HASHES: [257, /is the first of 256 events whose hash in the tree/],
      TREE: [301, /or one of those after it up to position 512/],
    },
  },
  {
    name: 'one was put into the middle',
    change: (rows) =>
      renumbered(rows.toSpliced(450, 0, { ...at(rows, 450), id: '0190a000-0000-7000-8000-000000000000' })),
    found: {
      ROWS: [451, /is not what was recorded/],
      HASHES: [257, /is the first of 256 events whose hash in the tree/],
      TREE: [301, /or one of those after it up to position 512/],
    },
  },
];

const cases = attacks.flatMap((attack) => thoroughness.map((how) => ({ ...attack, how })));

/** The first fault is the one, and it is all there would be to see without what was signed. */
function expectFound({ faults, faultCount }: LogReport, [position, message]: readonly [number, RegExp]): void {
  expect(faultCount).toBeGreaterThan(0);
  expect(faults[0]).toEqual({ position, message: expect.stringMatching(message) as string });
}

const sound = (treeHeads: readonly SignedTreeHead[]) => ({
  events: COUNT,
  position: COUNT,
  root: Buffer.from(at(treeHeads, SIGNED_AT.length - 1).root).toString('hex'),
  faults: [],
  faultCount: 0,
});

/** Opens it, verifies it, closes it. */
async function verified(
  opening: EventStore | Promise<EventStore>,
  treeHeads: readonly SignedTreeHead[],
): Promise<LogReport> {
  const store = await opening;
  try {
    return await verifyEventStore(store, { treeHeads });
  } finally {
    await store.close();
  }
}

describe('a walk over a log in a file', () => {
  async function newLog(): Promise<{ file: string; treeHeads: readonly SignedTreeHead[] }> {
    const file = newFile();
    const store = openSqliteEventStore({ file });
    const treeHeads = await fill(store);
    await store.close();
    return { file, treeHeads };
  }
  const open = (file: string): EventStore => openSqliteEventStore({ file });

  it('finds nothing wrong with what is sound, however it was written', async () => {
    const { file, treeHeads } = await newLog();
    expect(await verified(open(file), treeHeads)).toMatchObject(sound(treeHeads));
    rewrite(file, (rows) => rows, 'TREE');
    expect(await verified(open(file), treeHeads)).toMatchObject(sound(treeHeads));
    expect(await verifyLogFile(file, { treeHeads })).toMatchObject({ ...sound(treeHeads), problems: [] });
  });

  it.each(cases)('finds where $name, when $how were made anew', async ({ change, how, found }) => {
    const { file, treeHeads } = await newLog();
    rewrite(file, change, how);
    expectFound(await verified(open(file), treeHeads), found[how]);
    const { problems, ...report } = await verifyLogFile(file, { treeHeads });
    expectFound(report, found[how]);
    expect(problems.join()).toMatch(found[how][1]);
  });

  it('is not begun where so many of the last events are gone that the tree has more', async () => {
    const { file } = await newLog();
    rewrite(file, (rows) => rows.slice(0, 700), 'HASHES');
    expect(() => open(file)).toThrow(/its last events are gone/);
    expect((await verifyLogFile(file)).problems).toEqual([
      '1 hashes of the tree are kept of events that are not there',
    ]);
  });

  it('finds an event that cannot be read any more, and goes on after it', async () => {
    const { file, treeHeads } = await newLog();
    rewrite(file, (rows) => rows.with(699, { ...at(rows, 699), data: '{"cut' }), 'ROWS');
    const report = await verified(open(file), treeHeads);
    expectFound(report, [700, /^cannot be read any more$/]);
    expect(report.events).toBe(COUNT);
  });

  it.each([
    ['UPDATE subtree SET hash = zeroblob(32) WHERE level = 8 AND idx = 1', 257, 'is the first of 256 events'],
    ['UPDATE subtree SET hash = zeroblob(32) WHERE level = 9 AND idx = 0', 1, 'is the first of 512 events'],
  ])('finds what is wrong with the tree alone: %s', async (sql, position, message) => {
    const { file, treeHeads } = await newLog();
    const db = new Database(file);
    db.exec(`DROP TRIGGER subtree_is_never_changed; ${sql}`);
    db.exec(`CREATE TRIGGER subtree_is_never_changed BEFORE UPDATE ON subtree
      BEGIN SELECT RAISE(ABORT, 'A hash of the tree is never changed.'); END`);
    db.close();
    const report = await verified(open(file), treeHeads);
    expectFound(report, [position, new RegExp(message)]);
    expect((await verifyLogFile(file)).problems[0]).toMatch(
      new RegExp(`^the event at position ${position} ${message}`),
    );
  });

  it.each([
    ['DELETE FROM subtree WHERE level = 8 AND idx = 2', /513 is the first of 256 events .* is not there/],
    ['DELETE FROM subtree WHERE level = 9', /1 is the first of 512 events .* is not there/],
    ['INSERT INTO subtree VALUES (8, 3, zeroblob(32))', /1 hashes of the tree are kept of events that are not there/],
    ['INSERT INTO subtree VALUES (7, 0, zeroblob(32))', /1 hashes of the tree are kept of events that are not there/],
  ])('of a file finds %s', async (sql, message) => {
    const { file } = await newLog();
    const db = new Database(file);
    db.exec(`DROP TRIGGER subtree_is_never_removed; ${sql}`);
    db.exec(`CREATE TRIGGER subtree_is_never_removed BEFORE DELETE ON subtree
      BEGIN SELECT RAISE(ABORT, 'A hash of the tree is never removed.'); END`);
    db.close();
    const { problems } = await verifyLogFile(file);
    expect(problems[0]).toMatch(message);
  });

  it('tells of each signature that the log does not agree with, and of no other', async () => {
    const { file, treeHeads } = await newLog();
    const forged = { size: 300, root: Buffer.alloc(32) };
    const ahead = { size: COUNT + 1, root: Buffer.alloc(32) };
    const { faults } = await verified(open(file), [ahead, ...treeHeads.toReversed(), forged]);
    expect(faults).toEqual([
      { position: 300, message: expect.stringContaining('up to position 300') as string },
      { position: COUNT + 1, message: 'is not there, though the first 1001 were signed' },
    ]);
  });

  it('tells once what every later signature contradicts too', async () => {
    const { file, treeHeads } = await newLog();
    const others = [300, 512, 700, COUNT, COUNT + 1, COUNT + 9].map((size) => ({ size, root: Buffer.alloc(32) }));
    const sound = treeHeads.filter(({ size }) => size < 300);
    const { faults, faultCount } = await verified(open(file), [...sound, ...others]);
    expect(faultCount).toBe(2);
    expect(faults).toEqual([
      { position: 101, message: expect.stringContaining('up to position 300') as string },
      { position: COUNT + 1, message: `is not there, though the first ${COUNT + 9} were signed` },
    ]);
  });
});

describeOnPostgres('a walk over a log on PostgreSQL', (url) => {
  const newSchema = testSchemas(url);
  const open = (schema: string): Promise<EventStore> => openPostgresEventStore({ url, schema });

  async function newLog(): Promise<{ schema: string; treeHeads: readonly SignedTreeHead[] }> {
    const schema = newSchema();
    const store = await open(schema);
    const treeHeads = await fill(store);
    await store.close();
    return { schema, treeHeads };
  }

  it('finds nothing wrong with what is sound, however it was written', async () => {
    const { schema, treeHeads } = await newLog();
    expect(await verified(open(schema), treeHeads)).toMatchObject(sound(treeHeads));
    await onPostgres(url, (client) => rewriteOn(client, schema, (rows) => rows, 'TREE'));
    expect(await verified(open(schema), treeHeads)).toMatchObject(sound(treeHeads));
  });

  it.each(cases)('finds where $name, when $how were made anew', async ({ change, how, found }) => {
    const { schema, treeHeads } = await newLog();
    await onPostgres(url, (client) => rewriteOn(client, schema, change, how));
    expectFound(await verified(open(schema), treeHeads), found[how]);
  });

  it('is not begun where so many of the last events are gone that the tree has more', async () => {
    const { schema } = await newLog();
    await onPostgres(url, (client) => rewriteOn(client, schema, (rows) => rows.slice(0, 700), 'HASHES'));
    await expect(open(schema)).rejects.toThrow(/its last events are gone/);
  });

  it('finds an event that cannot be read any more, and goes on after it', async () => {
    const { schema, treeHeads } = await newLog();
    const cut = (rows: Row[]): Row[] => rows.with(699, { ...at(rows, 699), data: '{"cut' });
    await onPostgres(url, (client) => rewriteOn(client, schema, cut, 'ROWS'));
    const report = await verified(open(schema), treeHeads);
    expectFound(report, [700, /^cannot be read any more$/]);
    expect(report.events).toBe(COUNT);
  });
});

describeOnKurrentdb('a walk over a log on KurrentDB', (url) => {
  it('finds nothing wrong with what is sound, and a signature that is not of it', async () => {
    const log = newLogName();
    const open = (): Promise<EventStore> => openKurrentEventStore({ url: url(), log });
    const store = await open();
    const treeHeads = await fill(store);
    await store.close();
    expect(await verified(open(), treeHeads)).toMatchObject(sound(treeHeads));
    const report = await verified(open(), [...treeHeads, { size: 400, root: Buffer.alloc(32) }]);
    expectFound(report, [301, /up to position 400/]);
  });
});

/**
 * What the Merkle tree costs: appends one by one, appends a hundred at a time, and the load of a history, each with the tree
 * against the same without it, in turns, in the same run. 1 is as fast as without; the promise is 0.8 at least.
 *
 * Without it means a table of the tree that says that all of it is kept already, for ever: then nobody keeps anything. Leaf
 * hashes are made in both.
 *
 * npm run bench:tree -- [events of the history] [rounds] [postgres://user:password@host:port/database]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { EventStore } from '../src/event-store/port.js';
import { openPostgresEventStore } from '../src/event-store/postgres/index.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { BLOCK_LEAF_COUNT, BLOCK_LEVEL } from '../src/proofs/merkle/block.js';
import { appendWorks, median, spread, type Work } from './append-works.js';

const [, , count = '50000', times = '9', url] = process.argv;
const HISTORY = Number(count);
const ROUNDS = Number(times);
const works = appendWorks({ singles: 2000, groups: 100, load: HISTORY });

/** A new log, and how many hashes of its tree were kept in the end. */
interface Bench {
  readonly store: EventStore;
  end(): Promise<number>;
}

/** What says that all of the tree is kept already. */
const ALL_KEPT = `INSERT INTO subtree (level, idx, hash) VALUES (${BLOCK_LEVEL}, ${2 ** 40}, '')`;
const KEPT = 'SELECT count(*) AS kept FROM subtree';

const directory = mkdtempSync(join(tmpdir(), 'peildatum-bench-'));
let made = 0;

async function onSqlite(withTree: boolean): Promise<Bench> {
  const file = join(directory, `${(made += 1)}.sqlite`);
  const store = openSqliteEventStore({ file });
  const db = new Database(file);
  if (!withTree) db.exec(ALL_KEPT.replace("''", "x''"));
  return {
    store,
    async end() {
      await store.close();
      const kept = Number(db.prepare(KEPT).pluck().get());
      db.close();
      return kept;
    },
  };
}

const onServer =
  (server: string) =>
  async (withTree: boolean): Promise<Bench> => {
    const schema = `bench_tree_${process.pid}_${(made += 1)}`;
    const store = await openPostgresEventStore({ url: server, schema });
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(`SET search_path TO ${schema}`);
    if (!withTree) await client.query(ALL_KEPT);
    return {
      store,
      async end() {
        await store.close();
        const { rows } = await client.query<{ kept: string }>(KEPT);
        await client.query(`DROP SCHEMA ${schema} CASCADE`);
        await client.end();
        return Number(rows[0]?.kept);
      },
    };
  };

async function timed(open: (withTree: boolean) => Promise<Bench>, withTree: boolean, { events, work }: Work) {
  const { store, end } = await open(withTree);
  const begun = performance.now();
  await work(store);
  const took = performance.now() - begun;
  const kept = await end();
  if (withTree ? kept < Math.floor(events / BLOCK_LEAF_COUNT) : kept !== 1)
    throw new Error('This has not measured the tree.');
  return took;
}

const engines = { SQLite: onSqlite, ...(url !== undefined && { PostgreSQL: onServer(url) }) };
const table: Record<string, Record<string, string>> = {};
for (const [engine, open] of Object.entries(engines)) {
  for (const work of works) {
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Whoever comes first is not always the same: machines get slower and faster.
      const order = round % 2 === 0 ? [true, false] : [false, true];
      const took = new Map<boolean, number>();
      for (const withTree of order) took.set(withTree, await timed(open, withTree, work));
      const [tree = Number.NaN, none = Number.NaN] = [took.get(true), took.get(false)];
      ratios.push(none / tree);
      rates.push((work.events / tree) * 1000);
    }
    table[`${engine}: ${work.name}`] = {
      'events/s': median(rates).toFixed(0),
      'speed, without = 1': spread(ratios),
    };
  }
}
console.table(table);
rmSync(directory, { recursive: true });

/**
 * How an installation grows: statements over a number of regions are loaded, projected and asked about, and what they take
 * is measured when a tenth, a half and all of them are there. Every figure is held against the first step's, in the same
 * run: what stays near 1 does not depend on how long the history is. The figures of docs/scale.md come from here.
 *
 * [EVENT_STORE_URL=… READ_DATABASE_URL=…] npm run bench:growth -- [statements] [regions]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { pino } from 'pino';
import type { Point } from '../projections/point.js';
import type { ReadDatabase } from '../projections/read-database.js';
import { statusChanges } from '../projections/statements/queries/status-changes.js';
import { statusesAt } from '../projections/statements/queries/statuses.js';
import { subjectsAt } from '../projections/statements/queries/subjects.js';
import { tabulateMoments } from '../projections/tabulation/cross-tab.js';
import { readConfig } from '../src/config/config.js';
import { openEventStore } from '../src/event-store/open.js';
import { startProjector } from '../src/read-models/projector/projector.js';
import { openReadDatabase } from '../src/read-models/database/open.js';
import { liveVersion, tablesOf } from '../src/read-models/database/versions.js';
import { definitions, SCALES, statements } from './synthetic-history.js';

const [, , count = '1000000', subjects = '1000'] = process.argv;
const STATEMENTS = Number(count);
const REGIONS = Number(subjects);
const STEPS = [0.1, 0.5, 1];
const POINTS = 500;
const TABLES = 10;

const directory = mkdtempSync(join(tmpdir(), 'peildatum-bench-'));
const { config, problems } = readConfig({ ...process.env, DATA_DIR: directory });
if (!config) throw new Error(problems.join('\n'));
const places = { log: config.eventStoreUrl, read: config.readDatabaseUrl };
const log = await openEventStore(places.log);
const database = await openReadDatabase(places.read);

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

async function project(): Promise<void> {
  const projector = startProjector({ log, database, logger: pino({ level: 'silent' }) });
  await projector.settled();
  await projector.stop();
}

/** A file with all that its write-ahead log had for it. */
function bytesOfFile(path: string): number {
  const db = new Database(path);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return statSync(path).size;
}

/** Bytes of what is kept: of a file, or of all tables and indexes of a schema. */
async function bytesOf(place: (typeof places)['log' | 'read'], schema: string): Promise<number> {
  if ('path' in place) return bytesOfFile(place.path);
  const client = new Client({ connectionString: place.url });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>(
    'SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind = $2',
    [new URL(place.url).searchParams.get('schema') ?? schema, 'r'],
  );
  await client.end();
  return Number(rows[0]?.bytes ?? 0);
}

/** At dates all over the history, as known at positions all over its later half. */
const pointAt = (index: number, head: number): Point => ({
  asOf: `20${10 + (index % 15)}-06-15`,
  position: head - ((index * 97) % Math.floor(head / 2)),
});

async function pointQueries(read: ReadDatabase, head: number): Promise<void> {
  for (let index = 0; index < POINTS; index += 1) {
    const point = pointAt(index, head);
    const [region] = await subjectsAt(read, { kind: 'REGION', keys: [`r${(index * 13) % REGIONS}`] }, point);
    if (region) await statusesAt(read, [{ subject: region.id, scale: SCALES[index % 3] ?? '' }], point);
  }
}

async function tabulations(read: ReadDatabase, head: number): Promise<void> {
  for (let index = 0; index < TABLES; index += 1) {
    const question = { kind: 'REGION', filter: {}, rowScale: SCALES[index % 3] ?? '', rows: ['1', '2', '3', '4', '5'] };
    await tabulateMoments(read, { ...question, kind: 'REGION' }, [pointAt(index, head)]);
  }
}

async function pagesOfChanges(read: ReadDatabase, head: number): Promise<void> {
  for (let index = 0; index < TABLES; index += 1) {
    const query = { position: head, includeSuperseded: false, keys: [`r${index}`], scales: [SCALES[index % 3] ?? ''] };
    await statusChanges(read, query, { by: 'EFFECTIVE_ON', direction: 'ASC' }, { limit: 50, from: 'FIRST' });
  }
}

interface Step {
  readonly statements: number;
  readonly figures: Readonly<Record<string, number>>;
}

async function step(from: number, to: number): Promise<Step> {
  const load = await seconds(() => log.load(statements(from, to, REGIONS)));
  const projection = await seconds(project);
  const live = await liveVersion(database.reading);
  const { position } = await log.head();
  if (live?.position !== position) throw new Error('The read models include the whole log by now.');
  const read = tablesOf(database.reading, live.version);
  const figures = {
    'log, bytes per statement': (await bytesOf(places.log, 'peildatum')) / to,
    'read models, bytes per statement': (await bytesOf(places.read, 'peildatum_read')) / to,
    'load, statements per second': (to - from) / load,
    'projection, statements per second': (to - from) / projection,
    'status of a region at a point, µs': ((await seconds(() => pointQueries(read, live.position))) / POINTS) * 1e6,
    'table over all regions, ms': ((await seconds(() => tabulations(read, live.position))) / TABLES) * 1000,
    'page of one region’s changes, with count, ms':
      ((await seconds(() => pagesOfChanges(read, live.position))) / TABLES) * 1000,
    'memory of the process, MB': process.memoryUsage.rss() / 2 ** 20,
  };
  return { statements: to, figures };
}

await log.load(definitions(REGIONS));
const steps: Step[] = [];
for (const share of STEPS) {
  steps.push(await step(steps.at(-1)?.statements ?? 0, Math.round(STATEMENTS * share)));
  process.stderr.write(`${steps.at(-1)?.statements} statements measured\n`);
}
await database.close();
await log.close();
rmSync(directory, { recursive: true, force: true });

const [first] = steps;
const table = Object.entries(first?.figures ?? {}).map(([name, begin]) => {
  const cells = steps.map(({ figures }) => {
    const figure = figures[name] ?? Number.NaN;
    return `${figure.toFixed(figure < 10 ? 2 : 0)} (× ${(figure / begin).toFixed(2)})`;
  });
  return `${name.padEnd(46)}${cells.map((cell) => cell.padStart(20)).join('')}`;
});
const heading = ''.padEnd(46) + steps.map((each) => `${each.statements}`.padStart(20)).join('');
process.stdout.write(`${[`Over ${REGIONS} regions, statements:`, heading, ...table].join('\n')}\n`);

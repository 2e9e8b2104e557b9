/**
 * What it costs to keep statements and to ask for them: 100,000 of them over 1,000 regions are loaded and projected,
 * against bare better-sqlite3 inserting as many rows of the same columns in one transaction, in the same run; and a point
 * query over the whole product is timed when the log holds a tenth of them and when it holds them all.
 *
 * npm run bench:statements -- [statements] [regions]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { statusesAt } from '../projections/statements/queries/statuses.js';
import { subjectsAt } from '../projections/statements/queries/subjects.js';
import { statementTable } from '../projections/statements/tables.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { startProjector } from '../src/read-models/projector/projector.js';
import { openReadDatabase } from '../src/read-models/database/open.js';
import { liveVersion, tablesOf } from '../src/read-models/database/versions.js';
import { definitions, SCALES, statement, statements } from './synthetic-history.js';

const STATEMENTS = Number(process.argv[2] ?? 100_000);
const REGIONS = Number(process.argv[3] ?? 1_000);
const QUERIES = 2_000;

const directory = mkdtempSync(join(tmpdir(), 'peildatum-bench-'));
const milliseconds = (from: number): number => performance.now() - from;

/** The rows of the table of statements, by hand. */
function bare(): number {
  const db = new Database(join(directory, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const columns = Object.entries(statementTable.columns).map(([name, { type }]) => `${name} ${type}`);
  db.exec(`CREATE TABLE statement (${columns.join(', ')}, PRIMARY KEY (position)) STRICT`);
  const insert = db.prepare(`INSERT INTO statement VALUES (${columns.map(() => '?').join(', ')})`);
  const started = performance.now();
  db.transaction(() => {
    for (let index = 0; index < STATEMENTS; index += 1) {
      const { id, data, recordedAt, actor } = statement(index, REGIONS);
      const { scale, level, effectiveOn, basis } = data as Record<string, string>;
      insert.run(
        index,
        index % REGIONS,
        scale,
        effectiveOn,
        index,
        level,
        basis,
        null,
        '[]',
        id,
        recordedAt,
        actor,
        2 ** 40,
        null,
        null,
      );
    }
  })();
  const took = milliseconds(started);
  db.close();
  return took;
}

const log = openSqliteEventStore({ file: join(directory, 'events.db') });
const database = await openReadDatabase({ engine: 'sqlite', path: join(directory, 'read.db') });

async function settle(): Promise<void> {
  const projector = startProjector({ log, database, logger: pino({ level: 'silent' }) });
  await projector.settled();
  await projector.stop();
}

/** Microseconds per question for a region's status and facts, at dates and positions all over the history. */
async function pointQuery(): Promise<number> {
  const live = await liveVersion(database.reading);
  if (!live) throw new Error('There is a live version.');
  const read = tablesOf(database.reading, live.version);
  const started = performance.now();
  for (let index = 0; index < QUERIES; index += 1) {
    const asOf = `20${10 + (index % 15)}-06-15`;
    const position = live.position - ((index * 97) % Math.floor(live.position / 2));
    const [region] = await subjectsAt(
      read,
      { kind: 'REGION', keys: [`r${(index * 13) % REGIONS}`] },
      { asOf, position },
    );
    if (region) await statusesAt(read, [{ subject: region.id, scale: SCALES[index % 3] ?? '' }], { asOf, position });
  }
  return (milliseconds(started) / QUERIES) * 1000;
}

const tenth = Math.floor(STATEMENTS / 10);
await log.load(definitions(REGIONS));
await log.load(statements(0, tenth, REGIONS));
await settle();
const early = await pointQuery();

const started = performance.now();
await log.load(statements(tenth, STATEMENTS, REGIONS));
const loaded = (milliseconds(started) * STATEMENTS) / (STATEMENTS - tenth);
const projecting = performance.now();
await settle();
const projected = (milliseconds(projecting) * STATEMENTS) / (STATEMENTS - tenth);
const late = await pointQuery();
const baseline = bare();
await database.close();
await log.close();
rmSync(directory, { recursive: true, force: true });

const line = (what: string, took: number): string =>
  `${what.padEnd(34)} ${took.toFixed(0).padStart(7)} ms  ${(took / baseline).toFixed(1).padStart(5)} × bare`;
process.stdout.write(
  [
    `${STATEMENTS} statements over ${REGIONS} regions`,
    line('bare SQLite, the same rows', baseline),
    line('load into the log', loaded),
    line('projection', projected),
    line('both', loaded + projected),
    `point query: ${early.toFixed(0)} µs with ${tenth} statements, ${late.toFixed(0)} µs with ${STATEMENTS}: × ${(late / early).toFixed(2)}`,
    '',
  ].join('\n'),
);

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
import type { Json } from '../events/envelope.js';
import { statusesAt } from '../projections/statements/questions/statuses.js';
import { subjectFacts } from '../projections/statements/questions/subjects.js';
import { statementTable } from '../projections/statements/tables.js';
import { newEventId } from '../src/event-store/event-id.js';
import type { HistoricEvent } from '../src/event-store/port.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { startProjector } from '../src/projector/projector.js';
import { openReadDatabase } from '../src/read-database/open.js';
import { liveVersion, tablesOf } from '../src/read-database/versions.js';

const STATEMENTS = Number(process.argv[2] ?? 100_000);
const REGIONS = Number(process.argv[3] ?? 1_000);
const QUERIES = 2_000;
const SCALES = ['agreements', 'dynamics', 'vision'];

const directory = mkdtempSync(join(tmpdir(), 'peildatum-bench-'));
const milliseconds = (from: number): number => performance.now() - from;

const event = (stream: string, type: string, data: Json): HistoricEvent => ({
  id: newEventId(),
  stream,
  type,
  schemaVersion: 1,
  actor: 'bench',
  correlationId: 'bench',
  causationId: null,
  recordedAt: '2020-01-01T00:00:00.000Z',
  recordedAtStated: true,
  appendedAt: null,
  idempotencyKey: null,
  requestDigest: null,
  position: null,
  revision: null,
  data,
});

const grounds = { evidence: [], reason: null };
const levels = ['1', '2', '3', '4', '5'].map((key) => ({ key, label: { nl: key, en: null }, definition: null }));

const definitions = (): HistoricEvent[] => [
  ...SCALES.map((key) =>
    event(`scale-${key}`, 'ScaleDefined', {
      key,
      subjectKind: 'REGION',
      kind: 'ORDINAL',
      label: { nl: key, en: null },
      levels,
    }),
  ),
  ...Array.from({ length: REGIONS }, (_, index) =>
    event(`region-r${index}`, 'RegionRegistered', { key: `r${index}`, registeredOn: '2010-01-01', ...grounds }),
  ),
];

/** Spread over fifteen years in no order, so that most statements are late ones. */
const statement = (index: number): HistoricEvent =>
  event(`region-r${(index * 7919) % REGIONS}`, 'StatusStated', {
    scale: SCALES[index % SCALES.length] ?? '',
    level: String((index % 5) + 1),
    effectiveOn: `20${10 + ((index * 31) % 15)}-${String(1 + ((index * 17) % 12)).padStart(2, '0')}-${String(1 + ((index * 13) % 28)).padStart(2, '0')}`,
    basis: 'OBSERVED',
    ...grounds,
  });

const statements = (from: number, to: number): HistoricEvent[] =>
  Array.from({ length: to - from }, (_, index) => statement(from + index));

/** The rows of the table of statements, by hand. */
function bare(): number {
  const db = new Database(join(directory, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const columns = statementTable.columns.map(({ name, type }) => `${name} ${type}`);
  db.exec(`CREATE TABLE statement (${columns.join(', ')}, PRIMARY KEY (position)) STRICT`);
  const insert = db.prepare(`INSERT INTO statement VALUES (${columns.map(() => '?').join(', ')})`);
  const started = performance.now();
  db.transaction(() => {
    for (let index = 0; index < STATEMENTS; index += 1) {
      const { id, data, recordedAt, actor } = statement(index);
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
    const [region] = await subjectFacts(
      read,
      { kind: 'REGION', keys: [`r${(index * 13) % REGIONS}`] },
      { asOf, position },
    );
    if (region) await statusesAt(read, [{ subject: region.id, scale: SCALES[index % 3] ?? '' }], { asOf, position });
  }
  return (milliseconds(started) / QUERIES) * 1000;
}

const tenth = Math.floor(STATEMENTS / 10);
await log.load(definitions());
await log.load(statements(0, tenth));
await settle();
const early = await pointQuery();

const started = performance.now();
await log.load(statements(tenth, STATEMENTS));
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

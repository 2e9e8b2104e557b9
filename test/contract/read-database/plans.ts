import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitions, SCALES, statements } from '../../../bench/synthetic-history.js';
import type { ReadDatabase } from '../../../projections/read-database.js';
import { changeFeed } from '../../../projections/statements/queries/change-feed.js';
import { lastChanges, placements, statedOn } from '../../../projections/statements/queries/placements.js';
import { currentChanges, statusChanges } from '../../../projections/statements/queries/status-changes.js';
import { statusesAt } from '../../../projections/statements/queries/statuses.js';
import { subjectsAt } from '../../../projections/statements/queries/subjects.js';
import { versionsBy } from '../../../projections/statements/queries/versions.js';
import { newEventId } from '../../../src/event-store/event-id.js';
import { compareVersions } from '../../../src/read-models/rebuild/compare-versions.js';
import type { StoredEvent } from '../../../events/envelope.js';
import { newFolds, projectEvents } from '../../../src/read-models/projector/project-events.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../../../src/read-models/database/open.js';
import { tablesOf } from '../../../src/read-models/database/versions.js';
import type { Place } from './database-under-test.js';

const REGIONS = 500;
const STATEMENTS = 20_000;

/** How one statement is answered. */
interface Plan {
  readonly text: string;
  /** Tables of ours that are read from one end to the other. */
  readonly scanned: readonly string[];
  readonly indexes: readonly string[];
  /** Rows that are read for it; null where the database does not say. */
  readonly touched: number | null;
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

async function explain(
  { reading, dialect }: ReadDatabaseHandle,
  text: string,
  values: readonly unknown[],
): Promise<Plan> {
  if (dialect.name === 'sqlite') {
    const query = CompiledQuery.raw(`explain query plan ${text}`, [...values]);
    const { rows } = await reading.executeQuery<{ detail: string }>(query);
    const details = rows.map(({ detail }) => detail);
    return {
      text,
      // What is read in the order of an index is read to an end that is not told: only its use is.
      scanned: details.filter((detail) =>
        /^SCAN (?!json_each|q\b|s VIRTUAL|listed|own\b|other\b|lacking\b|.*USING .*INDEX)/.test(detail),
      ),
      indexes: details.flatMap(
        (detail) => /USING (?:COVERING )?(?:INDEX (\S+)|(INTEGER PRIMARY KEY))/.exec(detail)?.slice(1, 3) ?? [],
      ),
      touched: null,
    };
  }
  const query = CompiledQuery.raw(`explain (analyze, format json) ${text}`, [...values]);
  const { rows } = await reading.executeQuery<{ 'QUERY PLAN': readonly { Plan: Node }[] }>(query);
  const nodes = rows.flatMap((row) => row['QUERY PLAN'].flatMap((each) => nodesOf(each.Plan)));
  const tables = nodes.filter((node) => /Scan/.test(node['Node Type']) && /Index|Seq/.test(node['Node Type']));
  return {
    text,
    scanned: nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? '?'] : [])),
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    touched: tables
      .map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'])
      .reduce((sum, rows) => sum + rows, 0),
  };
}

/** As they come out of a log, without one. Every tenth statement is withdrawn in the end. */
function stored(): StoredEvent[] {
  const stated = [...statements(0, STATEMENTS, REGIONS)];
  const withdrawn = stated.flatMap((statement, index) =>
    index % 10 === 0
      ? [{ ...statement, id: newEventId(), type: 'StatusWithdrawn', data: withdrawal(statement.id) }]
      : [],
  );
  return [...definitions(REGIONS), ...stated, ...withdrawn].map((event, index) => ({
    ...event,
    position: index + 1,
    revision: 0,
    appendedAt: event.recordedAt,
  }));
}

const withdrawal = (withdraws: string) => ({ withdraws, reason: 'A mistake' });

export function plans(newPlace: () => Place): void {
  const asked: { text: string; values: readonly unknown[] }[] = [];
  const place = newPlace();
  let handle: ReadDatabaseHandle;
  let read: ReadDatabase;
  const point = { asOf: '2018-06-15', position: 15_000 };
  const end = SCALES.length + REGIONS + STATEMENTS;
  /** The first region's. */
  const id = SCALES.length + 1;

  beforeAll(async () => {
    handle = await openReadDatabase(place.url, { onQuery: (text, values) => asked.push({ text, values }) });
    const events = stored();
    const folds = newFolds();
    for (let from = 0; from < events.length; from += 1000) {
      await handle.writing
        .transaction()
        .execute((transaction) => projectEvents(transaction, 1, folds, events.slice(from, from + 1000)));
    }
    read = tablesOf(handle.reading, 1);
  });
  afterAll(async () => {
    await handle?.close();
    await place.drop();
  });

  const page = { limit: 10, from: 'FIRST' as const };
  const byDate = { by: 'EFFECTIVE_ON' as const, direction: 'DESC' as const };
  const known = { position: point.position, includeSuperseded: false };

  // Of each: by what index, and how many rows may be touched. A region has some forty statements and as many changes.
  const questions: readonly [string, (db: ReadDatabase) => Promise<unknown>, RegExp, number][] = [
    ['a subject by its key', (db) => subjectsAt(db, { kind: 'REGION', keys: ['r7'] }, point), /subject_0/, 200],
    ['subjects by their ids', (db) => subjectsAt(db, { ids: [id, id + 1] }, point), /subject_pk|PRIMARY KEY/, 400],
    ['a status', (db) => statusesAt(db, [{ subject: id, scale: 'vision' }], point), /statement_0/, 100],
    ['placements', (db) => placements(db, [id, id + 1, id + 2], 'vision', point), /statement_0/, 200],
    ['who has a statement', (db) => statedOn(db, [id, id + 1], 'vision', end), /statement_0/, 200],
    ['versions of a cell', (db) => versionsBy(db, [id], ['vision'], end), /statement_0/, 100],
    ['last changes', (db) => lastChanges(db, [id, id + 1], ['vision'], point), /status_change_0/, 200],
    ['standing changes', (db) => currentChanges(db, [{ subject: id, scale: 'vision' }], end), /status_change_0/, 150],
    [
      'the newest changes',
      (db) => statusChanges(db, { ...known, position: end }, byDate, page),
      /status_change_2/,
      Infinity,
    ],
    [
      'changes of a subject, and how many',
      (db) => statusChanges(db, { ...known, keys: ['r7'], scales: ['vision'] }, byDate, page),
      /status_change_0/,
      400,
    ],
    [
      'the news of some events',
      (db) => changeFeed(db, {}, { after: 15_000, upTo: 15_020 }),
      /status_change_closed/,
      500,
    ],
  ];

  it.each(questions)('of %s are seeks', async (_, question, index, atMost) => {
    asked.length = 0;
    await question(read);
    const explained: Plan[] = [];
    for (const { text, values } of asked.splice(0)) explained.push(await explain(handle, text, values));
    expect(explained.length).toBeGreaterThan(0);
    expect(explained.flatMap(({ scanned }) => scanned)).toEqual([]);
    expect(explained.flatMap(({ indexes }) => indexes).join(' ')).toMatch(index);
    for (const { text, touched } of explained) if (touched !== null) expect(touched, text).toBeLessThanOrEqual(atMost);
  });

  it('of what was written since a comparison are seeks, however long the history is', async () => {
    asked.length = 0;
    const { total } = await compareVersions(handle.reading, 1, 1, { after: end + STATEMENTS / 10 - 20 });
    expect(total).toBe(0);
    const explained: Plan[] = [];
    for (const { text, values } of asked.splice(0)) explained.push(await explain(handle, text, values));
    const large = explained.filter(({ text }) => /statement|status_change/.test(text));
    expect(large.length).toBe(4);
    for (const { text, scanned, indexes, touched } of large) {
      expect(scanned, text).toEqual([]);
      expect(indexes.join(' ')).toMatch(/(statement|status_change)_closed/);
      expect(touched ?? 0, text).toBeLessThan(100);
    }
  });
}

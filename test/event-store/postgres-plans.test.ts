import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventQuery } from '../../src/event-store/port.js';
import { countStatement, pageStatement } from '../../src/event-store/postgres/find-events.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { reads } from '../../src/event-store/postgres/event-reads.js';
import { findRequestByKey } from '../../src/event-store/postgres/requests.js';
import { treeReads } from '../../src/event-store/postgres/tree.js';
import { historic, ids } from '../contract/event-store/support.js';
import { describeOnPostgres, testSchemas } from '../support/postgres/shared.js';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

const COUNT = 20_000;

describeOnPostgres('a question to a log on PostgreSQL', (url) => {
  const schema = testSchemas(url)();
  let client: Client;
  let someIds: string[];

  /** The ways by which the server finds the answer, and how many rows it touches for it. */
  async function explain(text: string, values: readonly unknown[]) {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      [...values],
    );
    const nodes = rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan: plan }) => nodesOf(plan)));
    const touched = nodes
      .filter((node) => node['Node Type'].includes('Scan'))
      .map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']);
    return {
      types: nodes.map((node) => node['Node Type']),
      indexes: new Set(nodes.flatMap((node) => node['Index Name'] ?? [])),
      touched: touched.reduce((sum, rows) => sum + rows, 0),
    };
  }

  beforeAll(async () => {
    const store = await openPostgresEventStore({ url, schema });
    const erased = { type: 'ActorErased', schemaVersion: 1, data: { actor: 'a', reason: 'r' } };
    const past = Array.from({ length: COUNT }, (_, index) =>
      historic(new Date(Date.UTC(2020, 0, 1) + Math.floor(index / 4) * 1000).toISOString(), {
        ...(index % 100 === 0 && erased),
        stream: `stream-${(index * 7919) % 500}`,
        correlationId: `correlation-${Math.floor(index / 40)}`,
        idempotencyKey: `key-${Math.floor(index / 2)}`,
        requestDigest: 'digest',
      }),
    );
    someIds = ids(past).slice(100, 105);
    await store.load(past);
    await store.close();
    client = new Client({ connectionString: url });
    await client.connect();
    // What a large table does by itself, since reading all of it would cost more than any seek.
    await client.query(`SET search_path TO ${schema}; SET enable_seqscan = off`);
  });
  afterAll(() => client?.end());

  it.each([
    ['the head', reads.head.text, [], 'event_pkey', 2],
    ['a page of the log', reads.all.text, [15_000, 50], 'event_pkey', 250],
    ['a page of a stream', reads.stream.text, [20, 10, 'stream-7'], 'event_by_revision', 100],
    ['positions', reads.byPositions.text, [[7, 8_000, 19_999]], 'event_pkey', 4],
    ['an instant', reads.positionAt.text, ['2020-01-01T00:50:00.000Z'], 'event_by_recorded_at', 2],
    ['revisions of streams', reads.revisionsAt.text, [['stream-1', 'stream-2'], 10_000], 'event_by_stream', 6],
    ['how much of the tree is kept', treeReads.storedBlockCount.text, [], 'subtree_pkey', 2],
    [
      'kept hashes of the tree',
      treeReads.storedHashes.text,
      [
        [8, 9, 14],
        [5, 2, 0],
      ],
      'subtree_pkey',
      6,
    ],
    ['leaf hashes of a block', treeReads.leavesBetween.text, [512, 768], 'event_pkey', 256],
    [
      'leaf hashes of parts of blocks',
      treeReads.leavesWithin.text,
      [
        [0, 15_000],
        [8, 15_064],
      ],
      'event_pkey',
      74,
    ],
    ['a request', findRequestByKey.text, ['key-5000'], 'request_pkey', 8],
  ])('for %s is a seek', async (_, text, values, index, atMost) => {
    const { types, indexes, touched } = await explain(text, values);
    expect(types).not.toContain('Seq Scan');
    expect(indexes).toContain(index);
    expect(touched).toBeLessThanOrEqual(atMost);
  });

  it('for events by their ids is a seek', async () => {
    const { types, indexes, touched } = await explain(reads.byIds.text, [someIds]);
    expect(types).not.toContain('Seq Scan');
    expect(indexes).toContain('event_by_id');
    expect(touched).toBe(5);
  });

  const whole = { from: 0, until: COUNT };
  const queries: readonly [string, EventQuery, string, number][] = [
    ['all', { upToPosition: COUNT }, 'event_pkey', 25],
    ['a stream', { streams: ['stream-9'], upToPosition: COUNT }, 'event_by_stream|event_by_revision', 100],
    ['streams', { streams: ['stream-9', 'stream-10'], upToPosition: COUNT }, 'event_by_stream|event_by_revision', 300],
    [
      'a type in a stream',
      { types: ['MilestoneRecorded'], streams: ['stream-9'], upToPosition: COUNT },
      'event_by_stream|event_by_revision',
      300,
    ],
    ['a rare type', { types: ['ActorErased'], upToPosition: COUNT }, 'event_by_type', 230],
    ['a correlation id', { correlationId: 'correlation-80', upToPosition: COUNT }, 'event_by_correlation', 100],
  ];

  it.each(queries)('for a page of %s touches what it returns and little more', async (_, query, index, atMost) => {
    for (const from of ['FIRST', 'LAST'] as const) {
      const { sql, values } = pageStatement(query, { limit: 10, from }, whole);
      const { types, indexes, touched } = await explain(sql, values);
      expect(types).not.toContain('Seq Scan');
      expect([...indexes].join(' ')).toMatch(new RegExp(index));
      expect(touched).toBeLessThanOrEqual(atMost);
    }
  });

  it.each(queries.slice(1))('for how many there are of %s counts in an index', async (_, query, index, atMost) => {
    const { sql, values } = countStatement(query, whole);
    const { types, indexes, touched } = await explain(sql, values);
    expect(types).not.toContain('Seq Scan');
    expect([...indexes].join(' ')).toMatch(new RegExp(`^(${index})$`));
    expect(touched).toBeLessThanOrEqual(atMost);
  });
});

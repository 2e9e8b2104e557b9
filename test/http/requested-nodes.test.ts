import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestedNodeCount, type ListSizes } from '../../src/http/requested-nodes.js';
import { sampleSchema } from './sample-schema.js';
import { errorsOf, startSample, type SampleServer } from './sample-server.js';

const schema = sampleSchema();
const listSizes: ListSizes = {
  'Region.statuses': 3,
  byKeys: ({ keys }) => (Array.isArray(keys) ? keys.length : 0),
};
const count = (query: string, variables: Record<string, unknown> = {}, operationName?: string): number =>
  requestedNodeCount(parse(query), operationName, variables, schema, listSizes);

describe('the number of nodes asked for', () => {
  it.each([
    ['is a page of the default size', '{ regions { nodes { key } } }', 50],
    ['follows first', '{ regions(first: 7) { nodes { key } } }', 7],
    ['follows last', '{ regions(last: 7) { nodes { key } } }', 7],
    ['counts edges like nodes', '{ regions(first: 7) { edges { cursor node { key } } } }', 7],
    ['counts nodes and edges both', '{ regions(first: 7) { nodes { key } edges { cursor } } }', 14],
    ['counts nothing for a total', '{ regions(first: 200) { totalCount pageInfo { hasNextPage } } }', 0],
    ['counts nothing without a connection', '{ hello region(key: "a") { key parent { statuses { level } } } }', 0],
    ['multiplies by levels', '{ regions(first: 10) { nodes { neighbours(first: 5) { nodes { key } } } } }', 10 + 50],
    ['adds up aliases', '{ a: regions(first: 7) { nodes { key } } b: regions(first: 8) { nodes { key } } }', 15],
    ['reaches no further than the largest page', '{ regions(first: 1000000) { nodes { key } } }', 200],
    ['takes no page for less than empty', '{ regions(first: -7) { nodes { key } } }', 0],
    ['looks into single objects', '{ region(key: "a") { parent { neighbours(first: 3) { nodes { key } } } } }', 3],
    ['leaves a plain list to its node', '{ regions(first: 7) { nodes { statuses { level } } } }', 7],
    [
      'counts a plain list by its size where something counts below it',
      '{ region(key: "a") { statuses { region { neighbours(first: 10) { nodes { key } } } } } }',
      3 * (1 + 10),
    ],
    [
      'asks the arguments for the size of a list',
      '{ byKeys(keys: ["a", "b"]) { neighbours(first: 10) { nodes { key } } } }',
      2 * (1 + 10),
    ],
    ['does not count introspection', '{ __schema { types { fields { args { name } } } } __typename }', 0],
    ['follows fragments', '{ regions(first: 7) { ...F } } fragment F on RegionConnection { nodes { key } }', 7],
    ['follows inline fragments', '{ ... on Query { regions(first: 7) { ... { nodes { key } } } } }', 7],
    ['leaves out what is skipped', '{ regions(first: 7) @skip(if: true) { nodes { key } } }', 0],
    ['leaves out what is not included', '{ regions(first: 7) { ... @include(if: false) { nodes { key } } } }', 0],
  ])('%s', (_name, query, nodes) => {
    expect(count(query)).toBe(nodes);
  });

  it('multiplies one fragment by each connection that it is used in', () => {
    const fragment = 'fragment F on RegionConnection { nodes { key } }';
    expect(count(`{ a: regions(first: 3) { ...F } b: regions(first: 4) { ...F } } ${fragment}`)).toBe(7);
  });

  it('knows the variables, their defaults and those left out', () => {
    const query =
      'query ($n: Int = 20, $if: Boolean = true) { regions(first: $n) { nodes @include(if: $if) { key } } }';
    expect(count(query)).toBe(20);
    expect(count(query, { n: 5 })).toBe(5);
    expect(count(query, { n: null })).toBe(50);
    expect(count(query, { if: false })).toBe(0);
    expect(count('query ($n: Int) { regions(first: $n) { nodes { key } } }')).toBe(50);
  });

  it('is of the operation that is named', () => {
    const query = 'query A { regions(first: 1) { nodes { key } } } query B { regions(first: 2) { nodes { key } } }';
    expect(count(query, {}, 'A')).toBe(1);
    expect(count(query, {}, 'B')).toBe(2);
    expect(count(query)).toBe(0);
  });

  it('is nothing where execution refuses the variables anyway', () => {
    expect(count('query ($n: Int!) { regions(first: $n) { nodes { key } } }', { n: 'many' })).toBe(0);
  });

  it('is found at once, however often fragments multiply', () => {
    const bomb = Array.from(
      { length: 200 },
      (_, i) => `fragment F${i} on Region { x: parent { ...F${i + 1} } y: parent { ...F${i + 1} } ...F${i + 1} }`,
    );
    const last = 'fragment F200 on Region { neighbours(first: 1) { nodes { key } } }';
    expect(count(`{ region(key: "a") { ...F0 } } ${bomb.join(' ')} ${last}`)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('comes to an end with fragments that contain themselves', () => {
    const fragment = 'fragment F on Region { neighbours(first: 2) { nodes { ...F } } }';
    expect(count(`{ region(key: "a") { ...F } } ${fragment}`)).toBe(2);
  });
});

describe('a request', () => {
  let server: SampleServer;
  beforeAll(async () => {
    server = await startSample({ listSizes });
  });
  afterAll(() => server.stop());

  const nested = 'query ($n: Int) { regions(first: 200) { nodes { neighbours(first: $n) { nodes { key } } } } }';

  it('for fifty thousand nodes is served', async () => {
    expect((await server.post(nested, { n: 200 })).status).toBe(200);
  });

  it('for more than a hundred thousand is refused, with the number and a way out', async () => {
    const query =
      'query ($n: Int) { a: regions(first: 200) { ...F } b: regions(first: 200) { ...F } c: regions(first: 200) { ...F } }';
    const fragment = 'fragment F on RegionConnection { nodes { neighbours(first: $n) { nodes { key } } } }';
    const answer = await server.post(`${query} ${fragment}`, { n: 200 });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([
      { code: 'QUERY_TOO_LARGE', message: expect.stringMatching(/120,600 nodes.*100,000.*smaller pages/) as string },
    ]);
    expect(answer.body.errors?.[0]?.extensions).toEqual({ code: 'QUERY_TOO_LARGE', nodes: 120_600, limit: 100_000 });
    expect((await server.post(`${query} ${fragment}`, { n: 100 })).status).toBe(200);
  });
});

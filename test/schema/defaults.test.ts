import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const at = '{ period: "2020-10" }';

describe('null for an argument', () => {
  it.each([
    ['a language', `{ scale(key: "vision") { label(language: null) } }`, `{ scale(key: "vision") { label } }`],
    [
      'what is superseded',
      '{ statusChanges(includeSuperseded: null) { totalCount } }',
      '{ statusChanges { totalCount } }',
    ],
    [
      'an order’s direction',
      `{ regions(at: ${at}, orderBy: { by: NAME, scale: null, direction: null }) { nodes { key } } }`,
      `{ regions(at: ${at}, orderBy: { by: NAME }) { nodes { key } } }`,
    ],
    [
      'all of a list’s arguments',
      '{ regions(at: null, filter: null, orderBy: null, first: null, after: null, last: null, before: null) { nodes { key } } }',
      '{ regions { nodes { key } } }',
    ],
    [
      'all of a filter’s fields',
      '{ regions(filter: { keys: null, where: null, nameContains: null, careOffice: null, region: null }) { nodes { key } } }',
      '{ regions { nodes { key } } }',
    ],
    [
      'all of a moment’s fields',
      '{ regions(at: { asOf: null, knownAt: null, position: null, period: null, asPublished: null, atLeast: null }) { nodes { key } } }',
      '{ regions { nodes { key } } }',
    ],
    ['the filter of a cross-tabulation', crossTab('at: null, filter: null'), crossTab()],
    [
      'the filter of events',
      '{ events(filter: { types: null }, first: null) { totalCount } }',
      '{ events { totalCount } }',
    ],
  ])('means what leaving it out means: %s', async (_name, withNull, without) => {
    expect(await server.ask(withNull)).toEqual(await server.ask(without));
  });
});

function crossTab(more = ''): string {
  return `{ crossTab(subjects: REGION, rows: {scale: "vision"}, columns: {scale: "dynamics"}, ${more}) { total } }`;
}

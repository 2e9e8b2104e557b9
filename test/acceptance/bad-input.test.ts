import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '../support/answer.js';
import { registerRegion } from '../model/histories/begin.js';
import { newPen } from '../model/histories/pen.js';
import { openTestApi } from '../support/test-api.js';
import { openTestServer, type TestServer } from '../support/test-server.js';

/** What is wrong, the field that is asked for, and the code of the error that tells it. */
type Case = readonly [what: string, field: string, code: string];

const region = (at: string): string => `region(key: "zeeland", at: {${at}}) { key }`;
const status = (scale: string): string => `region(key: "zeeland") { status(scale: "${scale}") { since } }`;
const table = (rows: string, columns: string, rest = ''): string =>
  `crossTab(subjects: REGION, rows: ${rows}, columns: ${columns}${rest}) { total }`;
const filtered = (filter: string): string => `regions(filter: {${filter}}) { totalCount }`;
const changes = (args: string): string => `statusChanges(${args}) { totalCount }`;

const names: readonly Case[] = [
  ['a region', 'region(key: "atlantis") { key }', 'UNKNOWN_REGION'],
  ['a project', 'project(key: "P-9999") { key }', 'UNKNOWN_PROJECT'],
  ['an organisation', 'organisation(key: "nobody") { key }', 'UNKNOWN_ORGANISATION'],
  ['a scale', 'scale(key: "mood") { key }', 'UNKNOWN_SCALE'],
  ['a scale of a status', status('mood'), 'UNKNOWN_SCALE'],
  ['a scale of a timeline', 'region(key: "zeeland") { timeline(scale: "mood") { since } }', 'UNKNOWN_SCALE'],
  ['a scale of changes', 'region(key: "zeeland") { changes(scale: "mood") { totalCount } }', 'UNKNOWN_SCALE'],
  ['a scale to explain', 'region(key: "zeeland") { explain(scale: "mood") { absence } }', 'UNKNOWN_SCALE'],
  ['a scale in rows', table('{scale: "mood"}', '{moments: [{}]}'), 'UNKNOWN_SCALE'],
  ['a scale in columns', table('{scale: "vision"}', '{scale: "mood"}'), 'UNKNOWN_SCALE'],
  ['a scale to compare', 'comparison(scale: "mood", from: {}, to: {}) { advanced }', 'UNKNOWN_SCALE'],
  ['a scale to filter by', filtered('where: [{scale: "mood", in: ["1"]}]'), 'UNKNOWN_SCALE'],
  ['a scale of listed changes', changes('filter: {scales: ["mood"]}'), 'UNKNOWN_SCALE'],
  ['a scale to order by', 'regions(orderBy: {by: LEVEL, scale: "mood"}) { totalCount }', 'UNKNOWN_SCALE'],
  ['a level to filter by', filtered('where: [{scale: "vision", in: ["6"]}]'), 'UNKNOWN_LEVEL'],
  ['a level of listed changes', changes('filter: {scales: ["vision"], to: ["9"]}'), 'UNKNOWN_LEVEL'],
  ['a region to filter by', filtered('region: ["atlantis"]'), 'UNKNOWN_REGION'],
  ['a key to filter by', filtered('keys: ["zeeland", "atlantis"]'), 'UNKNOWN_REGION'],
  ['a care office to filter by', filtered('careOffice: ["nobody"]'), 'UNKNOWN_ORGANISATION'],
  ['a subject of listed changes', changes('filter: {keys: ["atlantis"]}'), 'UNKNOWN_SUBJECT'],
  ['a period', 'period(key: "1999-01") { key }', 'UNKNOWN_PERIOD'],
  ['a period of a moment', region('period: "1999-01"'), 'UNKNOWN_PERIOD'],
];

const moments: readonly Case[] = [
  ['a day that the calendar has not', region('asOf: "2020-02-30"'), 'BAD_USER_INPUT'],
  ['a leap day of a common year', region('asOf: "2021-02-29"'), 'BAD_USER_INPUT'],
  ['a date that is none', region('asOf: "yesterday"'), 'BAD_USER_INPUT'],
  ['a date that is a number', region('asOf: 20201031'), 'BAD_USER_INPUT'],
  ['an instant without an offset', region('knownAt: "2020-10-31T12:00:00"'), 'BAD_USER_INPUT'],
  ['an instant with four digits of a second', region('knownAt: "2020-10-31T12:00:00.0001Z"'), 'BAD_USER_INPUT'],
  ['an instant that is a date', region('knownAt: "2020-10-31"'), 'BAD_USER_INPUT'],
  ['an instant on no day', region('knownAt: "2020-02-30T12:00:00Z"'), 'BAD_USER_INPUT'],
  ['an hour that no day has', region('knownAt: "2020-10-31T24:00:00Z"'), 'BAD_USER_INPUT'],
  ['an instant in the future', region('knownAt: "2999-01-01T00:00:00Z"'), 'KNOWN_AT_IN_FUTURE'],
  ['a negative position', region('position: "-1"'), 'BAD_USER_INPUT'],
  ['a position that is no number', region('position: "last"'), 'BAD_USER_INPUT'],
  ['a position beyond the log', region('position: "999999999"'), 'POSITION_BEYOND_HEAD'],
  ['a position to wait for beyond the log', region('atLeast: "999999999"'), 'POSITION_BEYOND_HEAD'],
  ['a period and a date', region('period: "2020-10", asOf: "2020-11-01"'), 'CONTRADICTORY_MOMENT'],
  ['asPublished without a period', region('asPublished: true'), 'CONTRADICTORY_MOMENT'],
  [
    'asPublished and an instant',
    region('period: "2020-10", asPublished: true, knownAt: "2021-02-01T00:00:00Z"'),
    'CONTRADICTORY_MOMENT',
  ],
  ['asPublished and a position', region('period: "2020-10", asPublished: true, position: "9"'), 'CONTRADICTORY_MOMENT'],
  ['an instant and a position', region('knownAt: "2021-02-01T00:00:00Z", position: "9"'), 'CONTRADICTORY_MOMENT'],
  ['a position before what is to be waited for', region('position: "9", atLeast: "10"'), 'CONTRADICTORY_MOMENT'],
  [
    'moments in columns and another',
    table('{scale: "vision"}', '{moments: [{}]}', ', at: {asOf: "2020-01-01"}'),
    'CONTRADICTORY_MOMENT',
  ],
  ['a part that a moment has not', region('since: "2020-10-31"'), 'GRAPHQL_VALIDATION_FAILED'],
];

const sizes = [
  'first: -1',
  'first: 0',
  'first: 201',
  'first: 100000',
  'last: -1',
  'last: 0',
  'last: 201',
  'first: 1, last: 1',
];

const pages: readonly Case[] = sizes.flatMap((size): Case[] => [
  [`${size} of regions`, `regions(${size}) { nodes { key } }`, 'INVALID_PAGE'],
  [`${size} of changes`, `statusChanges(${size}) { nodes { direction } }`, 'INVALID_PAGE'],
  [`${size} of events`, `events(${size}) { nodes { type } }`, 'INVALID_PAGE'],
  [
    `${size} of a region's changes`,
    `region(key: "zeeland") { changes(${size}) { nodes { direction } } }`,
    'INVALID_PAGE',
  ],
]);

const axes: readonly Case[] = [
  ['neither field of rows', table('{}', '{moments: [{}]}'), 'GRAPHQL_VALIDATION_FAILED'],
  [
    'both fields of columns',
    table('{scale: "vision"}', '{scale: "dynamics", moments: [{}]}'),
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['moments as rows', table('{moments: [{}]}', '{scale: "vision"}'), 'INVALID_AXIS'],
  ['no moments', table('{scale: "vision"}', '{moments: []}'), 'INVALID_AXIS'],
  ['51 moments', table('{scale: "vision"}', `{moments: [${'{}'.repeat(51)}]}`), 'INVALID_AXIS'],
  ['a scale against itself', table('{scale: "vision"}', '{scale: "vision"}'), 'INVALID_AXIS'],
  ['names as rows', table('{scale: "name"}', '{moments: [{}]}'), 'UNSUPPORTED_AXIS'],
  ['a scale of projects for regions', table('{scale: "rubric"}', '{moments: [{}]}'), 'SCALE_DOES_NOT_FIT'],
];

const others: readonly Case[] = [
  ['an id that is none', 'node(id: "region-zeeland") { id }', 'INVALID_ID'],
  ['an empty id', 'node(id: "") { id }', 'INVALID_ID'],
  [
    'an id of another kind of thing',
    `node(id: "${Buffer.from('["Planet","mars","2020-01-01",1]').toString('base64url')}") { id }`,
    'INVALID_ID',
  ],
  [
    'an id with a date that the calendar has not',
    `node(id: "${Buffer.from('["Region","zeeland","2020-02-30",1]').toString('base64url')}") { id }`,
    'INVALID_ID',
  ],
  [
    'an id at a position beyond the log',
    `node(id: "${Buffer.from('["Region","zeeland","2020-01-01",999999999]').toString('base64url')}") { id }`,
    'POSITION_BEYOND_HEAD',
  ],
  ['an id among several', 'nodes(ids: ["x"]) { id }', 'INVALID_ID'],
  ['an event id that is none', 'event(id: "1") { id }', 'INVALID_ID'],
  ['levels of no scale', changes('filter: {to: ["1"]}'), 'BAD_USER_INPUT'],
  ['levels of two scales', changes('filter: {scales: ["vision", "dynamics"], from: ["1"]}'), 'BAD_USER_INPUT'],
  [
    'an empty range of dates',
    changes('filter: {effectiveFrom: "2020-01-01", effectiveUntil: "2020-01-01"}'),
    'BAD_USER_INPUT',
  ],
  ['an order by level of no scale', 'regions(orderBy: {by: LEVEL}) { totalCount }', 'BAD_USER_INPUT'],
  ['an order by name of a scale', 'regions(orderBy: {by: NAME, scale: "vision"}) { totalCount }', 'BAD_USER_INPUT'],
  ['a type of event that there is not', 'events(filter: {types: ["Imagined"]}) { totalCount }', 'BAD_USER_INPUT'],
];

describe('bad input is told in words and a code', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openTestServer();
  });
  afterAll(() => server.close());

  const expectRefusal = async (field: string, code: string, variables = {}): Promise<void> => {
    const document = field.startsWith('query') ? field : `{ ${field} }`;
    const { response, ...answer } = await server.query(document, variables);
    expect(codesOf(answer)).toEqual([code]);
    expect(answer.errors[0]?.message).toMatch(/^\S.{10,}/);
    expect(JSON.stringify(answer.errors)).not.toMatch(/\.[jt]s:\d|node_modules|SQLITE|Error:/);
    expect(response.status).toBeLessThan(500);
  };

  it.each(names)('an unknown name: %s', (_, field, code) => expectRefusal(field, code));
  it.each(moments)('a moment: %s', (_, field, code) => expectRefusal(field, code));
  it.each(pages)('the size of a page: %s', (_, field, code) => expectRefusal(field, code));
  it.each(axes)('an axis: %s', (_, field, code) => expectRefusal(field, code));
  it.each(others)('%s', (_, field, code) => expectRefusal(field, code));

  it('moments in variables as in the document', async () => {
    const document = 'query ($at: At) { region(key: "zeeland", at: $at) { key } }';
    for (const at of [
      { asOf: '2020-02-30' },
      { knownAt: '2020-10-31T12:00:00' },
      { position: '-1' },
      { asOf: 5 },
      { since: 1 },
    ]) {
      await expectRefusal(document, 'BAD_USER_INPUT', { at });
    }
    await expectRefusal(document, 'CONTRADICTORY_MOMENT', { at: { knownAt: '2021-01-01T00:00:00Z', position: '1' } });
  });

  it('both or neither of an axis’s fields in variables', async () => {
    const document =
      'query ($rows: Axis!) { crossTab(subjects: REGION, rows: $rows, columns: {scale: "vision"}) { total } }';
    await expectRefusal(document, 'BAD_USER_INPUT', { rows: {} });
    await expectRefusal(document, 'BAD_USER_INPUT', { rows: { scale: 'dynamics', moments: [{}] } });
  });

  describe('cursors', () => {
    const regions =
      'query ($after: String, $before: String) { regions(first: 2, after: $after, before: $before) { edges { cursor } } }';
    const statusChanges = 'query ($after: String) { statusChanges(first: 2, after: $after) { edges { cursor } } }';

    const cursorOf = async (document: string, variables = {}): Promise<string> => {
      const data = await server.ask<Record<string, { edges: { cursor: string }[] }>>(document, variables);
      return Object.values(data)[0]?.edges[0]?.cursor as string;
    };
    const rewritten = (cursor: string, change: (parts: unknown[]) => unknown): string =>
      Buffer.from(
        JSON.stringify(change(JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[])),
      ).toString('base64url');

    it('that are none', async () => {
      for (const after of ['x', '', '!!!', 'bnVsbA', Buffer.from('[1,2,3]').toString('base64url')]) {
        await expectRefusal(regions, 'INVALID_CURSOR', { after });
        await expectRefusal(statusChanges, 'INVALID_CURSOR', { after });
      }
    });

    it('that were tampered with', async () => {
      const cursor = await cursorOf(regions);
      const changes_ = await cursorOf(statusChanges);
      await expectRefusal(regions, 'INVALID_CURSOR', { after: `${cursor}A` });
      await expectRefusal(regions, 'INVALID_CURSOR', { after: cursor.slice(0, -3) });
      await expectRefusal(regions, 'INVALID_CURSOR', {
        after: rewritten(cursor, (parts) => [...parts.slice(0, -1), 'atlantis']),
      });
      await expectRefusal(regions, 'INVALID_CURSOR', { after: rewritten(cursor, (parts) => parts.slice(0, -1)) });
      await expectRefusal(regions, 'INVALID_CURSOR', {
        after: rewritten(cursor, (parts) => parts.with(3, '2020-02-30')),
      });
      await expectRefusal(regions, 'INVALID_CURSOR', { after: rewritten(cursor, (parts) => parts.with(4, -1)) });
      await expectRefusal(regions, 'INVALID_CURSOR', {
        after: rewritten(cursor, (parts) => parts.with(4, 999_999_999)),
      });
      await expectRefusal(regions, 'INVALID_CURSOR', {
        after: rewritten(cursor, (parts) => parts.with(2, 'MOOD ASC ')),
      });
      await expectRefusal(statusChanges, 'INVALID_CURSOR', { after: rewritten(changes_, (parts) => parts.with(5, 5)) });
      await expectRefusal(statusChanges, 'INVALID_CURSOR', {
        after: rewritten(changes_, (parts) => parts.with(2, 'MOOD ASC')),
      });
    });

    it('of a log that has lost its end, as one restored from a backup has', async () => {
      const [longer, shorter] = [await openTestApi(), await openTestApi()];
      try {
        const pen = newPen();
        for (const key of ['r1', 'r2']) registerRegion(pen, key, '2019-01-01', null);
        const events = pen.take();
        await longer.append(events);
        await shorter.append(events.slice(0, 1));
        const page = await longer.ask<{ regions: { edges: { cursor: string }[] } }>(regions);
        const after = page.regions.edges[0]?.cursor;
        expect(codesOf(await longer.query(regions, { after }))).toEqual([]);
        expect(codesOf(await shorter.query(regions, { after }))).toEqual(['INVALID_CURSOR']);
      } finally {
        await longer.close();
        await shorter.close();
      }
    });

    it('of another list, or of the same with another filter, order or moment', async () => {
      const cursor = await cursorOf(regions);
      await expectRefusal(statusChanges, 'INVALID_CURSOR', { after: cursor });
      await expectRefusal(regions, 'INVALID_CURSOR', { after: await cursorOf(statusChanges) });
      const next = (args: string) =>
        `query ($after: String) { regions(first: 2, after: $after, ${args}) { edges { cursor } } }`;
      await expectRefusal(next('filter: {nameContains: "z"}'), 'INVALID_CURSOR', { after: cursor });
      await expectRefusal(next('orderBy: {by: NAME}'), 'INVALID_CURSOR', { after: cursor });
      await expectRefusal(next('at: {position: "300"}'), 'INVALID_CURSOR', { after: cursor });
      await expectRefusal(next('at: {asOf: "2020-01-01"}'), 'INVALID_CURSOR', { after: cursor });
      const before = await cursorOf(next('at: {position: "300"}'));
      await expectRefusal(regions, 'INVALID_CURSOR', { after: cursor, before });
    });

    it('of lists within something, at another moment', async () => {
      const events = (at: string) =>
        `query ($after: String) { region(key: "zeeland", at: {${at}}) { events(first: 1, after: $after) { edges { cursor } } } }`;
      const cell = (scale: string) =>
        `query ($after: String) { crossTab(subjects: REGION, rows: {scale: "${scale}"}, columns: {moments: [{period: "2020-10"}]}) { cells { subjects(first: 1, after: $after) { edges { cursor } } } } }`;
      const data = await server.ask<{ region: { events: { edges: { cursor: string }[] } } }>(events('position: "400"'));
      const after = data.region.events.edges[0]?.cursor;
      await expectRefusal(events('position: "401"'), 'INVALID_CURSOR', { after });
      const { data: nothing, errors } = await server.query(cell('vision'), { after });
      expect(nothing).toBeNull();
      expect(new Set(codesOf({ data: null, errors }))).toEqual(new Set(['INVALID_CURSOR']));
    });
  });
});

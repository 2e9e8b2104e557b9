import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const regionAt = (at: string): string => `{ region(key: "zeeland", at: {${at}}) { key } }`;

describe('a request that cannot be answered as asked, over HTTP', () => {
  it.each([
    ['an unknown region', '{ region(key: "atlantis") { key } }', 'UNKNOWN_REGION', 'key', 'atlantis'],
    [
      'an unknown scale',
      '{ region(key: "zeeland") { status(scale: "x") { since } } }',
      'UNKNOWN_SCALE',
      'scale',
      "'x'",
    ],
    ['an unknown period', regionAt('period: "1999"'), 'UNKNOWN_PERIOD', 'at.period', '1999'],
    [
      'a period and a date',
      regionAt('period: "2020-10", asOf: "2020-01-01"'),
      'CONTRADICTORY_MOMENT',
      'at.asOf',
      'either',
    ],
    ['asPublished without a period', regionAt('asPublished: true'), 'CONTRADICTORY_MOMENT', 'at.asPublished', 'period'],
    ['a future knownAt', regionAt('knownAt: "2999-01-01T00:00:00Z"'), 'KNOWN_AT_IN_FUTURE', 'at.knownAt', '2999'],
    ['a page that is too large', '{ regions(first: 100000) { totalCount } }', 'INVALID_PAGE', 'first', '200'],
    ['a broken cursor', '{ regions(after: "x") { totalCount } }', 'INVALID_CURSOR', 'after', 'cursor'],
  ])('is told the code, the argument and the remedy: %s', async (_name, document, code, argument, word) => {
    const { errors, response } = await server.query(document);
    expect(response.status).toBe(200);
    expect(errors).toEqual([
      {
        message: expect.stringContaining(word),
        locations: expect.any(Array),
        path: expect.any(Array),
        extensions: { code, argument },
      },
    ]);
  });

  it.each([
    ['a date that no calendar has', 'asOf', 'Date', '2020-02-30', 'calendar'],
    ['an instant without its offset', 'knownAt', 'DateTime', '2020-02-03T12:00:00', 'offset'],
    ['a position that is none', 'position', 'Position', '-1', 'from 0'],
  ])('is told where %s stands, as a literal or in a variable', async (_name, field, type, value, word) => {
    const literal = await server.query(regionAt(`${field}: "${value}"`));
    const variable = await server.query(
      `query ($value: ${type}) { region(key: "zeeland", at: {${field}: $value}) { key } }`,
      { value },
    );
    const input = await server.query('query ($at: At) { region(key: "zeeland", at: $at) { key } }', {
      at: { [field]: value },
    });
    for (const [{ errors, response }, place] of [
      [literal, `at.${field}`],
      [variable, '$value'],
      [input, `at.${field}`],
    ] as const) {
      expect(response.status).toBe(400);
      expect(errors).toMatchObject([
        { message: expect.stringContaining(word), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(errors[0]?.message).toContain(place);
    }
  });

  it('leaves the rest of the answer as it is', async () => {
    const { data, errors } = await server.query('{ region(key: "zeeland") { key status(scale: "x") { since } } }');
    expect(data).toEqual({ region: { key: 'zeeland', status: null } });
    expect(errors).toHaveLength(1);
  });
});

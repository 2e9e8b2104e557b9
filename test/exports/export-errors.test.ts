import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';
import { urlOf, type ErrorAnswer, type Parameters } from './export-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const ask = async (address: string) => {
  const response = await fetch(server.url + address);
  expect(response.headers.get('content-type')).toContain('application/json');
  const { errors } = (await response.json()) as ErrorAnswer;
  return { status: response.status, errors, first: errors[0] as ErrorAnswer['errors'][number] };
};

const fine = { subjects: 'REGION', rows: 'agreements', columns: 'vision' };
const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

describe('a cross-table is refused, with the argument named, when', () => {
  it.each<[string, Parameters, string, string, string]>([
    [
      'a parameter is unknown',
      { ...fine, row: 'x' },
      'BAD_USER_INPUT',
      'row',
      'takes: subjects, rows, columns, at, filter, language',
    ],
    ['a parameter is empty', { ...fine, rows: '' }, 'BAD_USER_INPUT', 'rows', 'empty'],
    [
      'a parameter is missing',
      { subjects: 'REGION', rows: 'vision' },
      'BAD_USER_INPUT',
      'columns',
      '{"moments":[{"period":"2020-10"}]}',
    ],
    [
      'a word is not one of the words',
      { ...fine, subjects: 'TOWN' },
      'BAD_USER_INPUT',
      'subjects',
      'one of REGION, PROJECT',
    ],
    ['the language is another', { ...fine, language: 'FR' }, 'BAD_USER_INPUT', 'language', 'one of NL, EN'],
    ['JSON is not JSON', { ...fine, at: '{period:2020-10}' }, 'BAD_USER_INPUT', 'at', 'not valid JSON'],
    ['JSON is no object', { ...fine, at: '2020' }, 'BAD_USER_INPUT', 'at', 'JSON such as {"period":"2020-10"'],
    ['a field is unknown', { ...fine, at: { periode: '2020-10' } }, 'BAD_USER_INPUT', 'at', '"periode" is not defined'],
    [
      'a prototype is meddled with',
      { ...fine, at: '{"__proto__":{"period":"2020-10"}}' },
      'BAD_USER_INPUT',
      'at',
      '__proto__',
    ],
    [
      'a date is none',
      { ...fine, at: { asOf: '2020-02-30' } },
      'BAD_USER_INPUT',
      'at.asOf',
      'not a date of the calendar',
    ],
    [
      'an instant is none',
      { ...fine, at: { knownAt: '2020-02-30' } },
      'BAD_USER_INPUT',
      'at.knownAt',
      'not an instant',
    ],
    [
      'a moment among many is none',
      { ...fine, columns: { moments: [{}, { asOf: 'x' }] } },
      'BAD_USER_INPUT',
      'columns.moments[1].asOf',
      'YYYY-MM-DD',
    ],
    [
      'an axis is two things',
      { ...fine, columns: { scale: 'vision', moments: [{}] } },
      'BAD_USER_INPUT',
      'columns',
      'Exactly one key',
    ],
    ['brackets nest too deep', { ...fine, filter: '['.repeat(600) }, 'BAD_USER_INPUT', 'filter', 'deep'],
    ['the scale is unknown', { ...fine, rows: 'agreement' }, 'UNKNOWN_SCALE', 'rows.scale', 'agreements'],
    ['the scale is of other subjects', { ...fine, rows: 'rubric' }, 'SCALE_DOES_NOT_FIT', 'rows.scale', 'PROJECT'],
    ['both axes are one scale', { ...fine, columns: 'agreements' }, 'INVALID_AXIS', 'columns.scale', 'same scale'],
    [
      'there are too many moments',
      { ...fine, columns: { moments: Array.from({ length: 51 }, () => ({})) } },
      'INVALID_AXIS',
      'columns.moments',
      '50',
    ],
    ['a period is unknown', { ...fine, at: { period: '1999-01' } }, 'UNKNOWN_PERIOD', 'at.period', '1999-01'],
    [
      'a moment contradicts itself',
      { ...fine, at: { asOf: '2020-10-31', period: '2020-10' } },
      'CONTRADICTORY_MOMENT',
      'at.asOf',
      'either',
    ],
    [
      'a date for knownAt lies ahead',
      { ...fine, at: { knownAt: tomorrow } },
      'KNOWN_AT_IN_FUTURE',
      'at.knownAt',
      'Nothing can be known',
    ],
    [
      'a date for knownAt contradicts a position',
      { ...fine, at: { knownAt: '2021-03-01', position: '3' } },
      'CONTRADICTORY_MOMENT',
      'at.position',
      'both',
    ],
    [
      'a position lies beyond the log',
      { ...fine, at: { position: '999999999' } },
      'POSITION_BEYOND_HEAD',
      'at.position',
      '999999999',
    ],
    [
      'a filter names an unknown region',
      { ...fine, filter: { region: ['atlantis'] } },
      'UNKNOWN_REGION',
      'filter.region',
      'atlantis',
    ],
  ])('%s', async (_name, parameters, code, argument, words) => {
    const { status, first } = await ask(urlOf('/export/cross-tab.csv', parameters));
    expect(first.extensions).toMatchObject({ code, argument });
    expect(first.message).toContain(words);
    expect(status).toBe(400);
  });

  it('a parameter comes twice', async () => {
    const { status, first } = await ask(`${urlOf('/export/cross-tab.xlsx', fine)}&rows=vision`);
    expect(status).toBe(400);
    expect(first.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'rows' });
    expect(first.message).toContain('given 2 times');
  });

  it('many things are wrong, and then all are told', async () => {
    const { errors } = await ask('/export/cross-tab.csv?subjects=TOWN&nonsense=1&at=x');
    expect(errors.map(({ extensions }) => extensions.argument)).toEqual([
      'nonsense',
      'subjects',
      'rows',
      'columns',
      'at',
    ]);
  });
});

describe('a comparison is refused when', () => {
  it.each<[string, Parameters, string, string]>([
    ['a moment is missing', { scale: 'vision', from: {} }, 'BAD_USER_INPUT', 'to'],
    ['the scale is unknown', { scale: 'sight', from: {}, to: {} }, 'UNKNOWN_SCALE', 'scale'],
    [
      'a period was not published',
      { scale: 'vision', from: {}, to: { period: '2035-01', asPublished: true } },
      'UNKNOWN_PERIOD',
      'to.period',
    ],
  ])('%s', async (_name, parameters, code, argument) => {
    const { status, first } = await ask(urlOf('/export/comparison.xlsx', parameters));
    expect(first.extensions).toMatchObject({ code, argument });
    expect(status).toBe(400);
  });
});

describe('there is nothing', () => {
  it.each<[string, string, string, string]>([
    ['of an unknown report', '/export/reports/1999-01/tables/1.csv', 'UNKNOWN_REPORT', '2021-01'],
    [
      'of table 9, which the report does not have',
      '/export/reports/2021-01/tables/9.csv',
      'UNKNOWN_TABLE',
      '1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12',
    ],
    ['of a table without a number', '/export/reports/2021-01/tables/one.csv', 'UNKNOWN_TABLE', 'whole numbers'],
    ['of table 0', '/export/reports/2021-01/tables/0.csv', 'UNKNOWN_TABLE', 'whole numbers'],
    [
      'of a table beyond all numbers',
      '/export/reports/2021-01/tables/99999999999.csv',
      'UNKNOWN_TABLE',
      'whole numbers',
    ],
    ['in a format that is not made', urlOf('/export/cross-tab.pdf', fine), 'UNSUPPORTED_FORMAT', '.csv or .xlsx'],
    [
      'of a printed table in such a format',
      '/export/reports/2021-01/tables/1.pdf',
      'UNSUPPORTED_FORMAT',
      '.csv or .xlsx',
    ],
    ['without a format', urlOf('/export/cross-tab', fine), 'UNSUPPORTED_FORMAT', '.csv or .xlsx'],
    ['at another address', '/export/timeline.csv', 'NOT_FOUND', '/export/cross-tab, /export/comparison'],
    ['at the root of the exports', '/export', 'NOT_FOUND', '/export/reports/<key>/tables/<number>'],
  ])('%s', async (_name, address, code, words) => {
    const { status, first } = await ask(address);
    expect(first.extensions.code).toBe(code);
    expect(first.message).toContain(words);
    expect(status).toBe(404);
  });

  it('at an address that is broken', async () => {
    const { status, first } = await ask('/export/reports/%ZZ/tables/1.csv');
    expect(status).toBe(400);
    expect(first.extensions.code).toBe('BAD_REQUEST');
  });

  it('of a report whose parameters are in the path and come again', async () => {
    const { first } = await ask('/export/reports/2021-01/tables/1.csv?number=2');
    expect(first.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'number' });
    expect(first.message).toContain('takes: language');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';
import { readCsv, urlOf, type Parameters } from './export-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const IMMUTABLE = 'public, max-age=31536000, immutable';
const pinned = {
  subjects: 'REGION',
  rows: 'agreements',
  columns: 'vision',
  at: { period: '2020-10', asPublished: true },
};
const current = { ...pinned, at: { period: '2020-10' } };
const formats = ['csv', 'xlsx'];

const get = (path: string, parameters: Parameters = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(server.url + urlOf(path, parameters), init);
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe.each(formats)('an export as %s', (format) => {
  const path = `/export/cross-tab.${format}`;

  it('is the same bytes for the same answer, also a while later', async () => {
    const first = await get(path, pinned);
    // The times in a zip file go by two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const second = await get(path, pinned);
    expect((await bytesOf(first)).equals(await bytesOf(second))).toBe(true);
    expect(first.headers.get('etag')).toMatch(/^"[\w-]{43}"$/);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  it('has another ETag for another answer', async () => {
    const [one, other] = await Promise.all([get(path, pinned), get(path, { ...pinned, language: 'EN' })]);
    expect(one.headers.get('etag')).not.toBe(other.headers.get('etag'));
  });

  it.each([
    ['', (etag: string) => etag],
    [' in a list', (etag: string) => `"x", ${etag}`],
    [' as a weak one', (etag: string) => `W/${etag}`],
  ])('is answered with 304 and nothing else when its ETag is given back%s', async (_name, given) => {
    const etag = (await get(path, pinned)).headers.get('etag') ?? '';
    const second = await get(path, pinned, { headers: { 'if-none-match': given(etag) } });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
    expect(second.headers.get('etag')).toBe(etag);
    expect(second.headers.get('cache-control')).toBe(IMMUTABLE);
  });

  it('answers HEAD as it answers GET, without the file', async () => {
    const [got, head] = await Promise.all([get(path, pinned), get(path, pinned, { method: 'HEAD' })]);
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['etag', 'content-type', 'content-length', 'content-disposition', 'cache-control']) {
      expect(head.headers.get(name)).toBe(got.headers.get(name));
    }
    const kept = await get(path, pinned, {
      method: 'HEAD',
      headers: { 'if-none-match': got.headers.get('etag') ?? '' },
    });
    expect(kept.status).toBe(304);
  });

  it('never changes where its moment is pinned, and is to be revalidated where it is not', async () => {
    expect((await get(path, pinned)).headers.get('cache-control')).toBe(IMMUTABLE);
    expect((await get(path, current)).headers.get('cache-control')).toBe('no-cache');
  });
});

describe('the caching of an export', () => {
  const sides = { scale: 'agreements', from: { period: '2019-03', asPublished: true } };

  it('takes all moments together', async () => {
    const moments = [{ period: '2019-03', asPublished: true }, { period: '2020-10' }];
    const mixed = { subjects: 'REGION', rows: 'agreements', columns: { moments } };
    expect((await get('/export/cross-tab.csv', mixed)).headers.get('cache-control')).toBe('no-cache');
    const to = { period: '2020-10' };
    expect((await get('/export/comparison.csv', { ...sides, to })).headers.get('cache-control')).toBe('no-cache');
    const both = await get('/export/comparison.csv', { ...sides, to: { ...to, asPublished: true } });
    expect(both.headers.get('cache-control')).toBe(IMMUTABLE);
  });

  it('leaves a printed table to be revalidated: what is known now is beside it', async () => {
    expect((await get('/export/reports/2021-01/tables/1.csv')).headers.get('cache-control')).toBe('no-cache');
  });

  it('takes a date for knownAt as the end of that day, and today for the head', async () => {
    const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam' }).format(new Date());
    const known = async (day: string) => {
      const response = await get('/export/cross-tab.csv', { ...pinned, at: { period: '2020-10', knownAt: day } });
      const { notes } = readCsv(await response.text());
      return { rule: response.headers.get('cache-control'), known: notes.get('Beschikbaar op')?.[0] };
    };
    expect(await known('2021-01-15')).toEqual({ rule: IMMUTABLE, known: '2021-01-15T22:59:59.999Z' });
    expect(await known('2021-01-14')).toMatchObject({ rule: IMMUTABLE, known: expect.stringMatching(/^2020/) });
    expect(await known(today)).toEqual({ rule: 'no-cache', known: '2021-04-30T21:59:59.999Z' });
  });

  it('keeps no refusal', async () => {
    const refused = await get('/export/cross-tab.csv');
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(refused.headers.get('etag')).toBeNull();
  });
});

describe('the name of the file', () => {
  const dispositionOf = async (path: string, parameters: Parameters = {}) =>
    (await get(path, parameters)).headers.get('content-disposition');

  it('is readable, in ASCII and in full', async () => {
    expect(await dispositionOf('/export/cross-tab.csv', pinned)).toBe(
      `attachment; filename="Kruistabel regio's agreements x vision 2020-10.csv"; ` +
        `filename*=UTF-8''Kruistabel%20regio%E2%80%99s%20agreements%20%C3%97%20vision%202020-10.csv`,
    );
    expect(
      await dispositionOf('/export/comparison.xlsx', {
        scale: 'vision',
        from: { asOf: '2019-03-31' },
        to: { period: '2020-10' },
        language: 'EN',
      }),
    ).toContain('filename="Comparison vision 2019-03-31 - 2020-10.xlsx"');
    expect(await dispositionOf('/export/reports/2021-01/tables/1.csv')).toContain(
      'filename="Rapport 2021-01 tabel 1 Stand van zaken',
    );
  });

  it('goes with the type of the file', async () => {
    const type = async (format: string) =>
      (await get(`/export/cross-tab.${format}`, pinned)).headers.get('content-type');
    expect(await type('csv')).toBe('text/csv; charset=utf-8; header=present');
    expect(await type('xlsx')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  });
});

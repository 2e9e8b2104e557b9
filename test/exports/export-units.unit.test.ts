import { buildSchema, type GraphQLInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { writeCsv } from '../../src/exports/formats/csv.js';
import { contentDisposition } from '../../src/exports/content-disposition.js';
import { guardFormula } from '../../src/exports/formats/formula-guard.js';
import { withDays } from '../../src/exports/parameters/known-at-day.js';
import { note, type Sheet } from '../../src/exports/sheet.js';
import { fixZipTimes } from '../../src/exports/formats/zip-times.js';

describe('the guard against formulas', () => {
  it.each(['=1', '+1', '-1', '@A1', '\tx', '\rx', '\nx', '  =1', '\u00A0=1', '＝1', '＋1', '－1', '＠1'])(
    'puts an apostrophe before %j',
    (text) => expect(guardFormula(text)).toBe(`'${text}`),
  );

  it.each(['', 'Zeeland', "'s-Gravenhage", '1', 'a=b', 'Noord-Holland', 'a - b', 'x@example.org', '{"a":-1}'])(
    'leaves %j as it is',
    (text) => expect(guardFormula(text)).toBe(text),
  );

  it.each([
    ['a;=1', "a;'=1"],
    ['\t=1', "'\t'=1"],
    ['a; "@b', 'a; "\'@b'],
    ['a\r\n=1', "a\r\n'=1"],
    ['a\t+1;-1', "a\t'+1;'-1"],
  ])('also guards where a spreadsheet with semicolons would begin a cell: %j', (text, guarded) =>
    expect(guardFormula(text)).toBe(guarded),
  );
});

describe('CSV', () => {
  const sheet: Sheet = {
    title: 'x',
    pages: { table: 'Table', notes: 'Notes' },
    columns: [{ heading: 'a,b' }, { heading: 'c' }],
    rows: [
      ['say "hi"', -1.5],
      [null, true],
      ['two\nlines', 1e-7],
    ],
    notes: [note('What', 'x', 2)],
  };

  it('is RFC 4180 in UTF-8 with a byte order mark: quotes where needed, CRLF, and the notes after an empty line', async () => {
    expect((await writeCsv(sheet)).toString('utf8')).toBe(
      '\uFEFF"a,b",c\r\n"say ""hi""",-1.5\r\n,true\r\n"two\nlines",1e-7\r\n\r\nWhat,x,2\r\n',
    );
  });
});

describe('the header that names a file', () => {
  it.each([
    ['Café – tabel', 'Cafe - tabel.csv', 'Caf%C3%A9%20%E2%80%93%20tabel.csv'],
    ['a/b\\c:d*e?f"g<h>i|j%k', 'a b c d e f g h i j k.csv', 'a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k.csv'],
    ["it's (so)", "it's (so).csv", 'it%27s%20%28so%29.csv'],
    ['a\r\nSet-Cookie: b', 'a Set-Cookie b.csv', 'a%20Set-Cookie%20b.csv'],
    ['日本', '__.csv', '%E6%97%A5%E6%9C%AC.csv'],
    [' / ', 'export.csv', 'export.csv'],
  ])('holds %j in ASCII and in full', (title, ascii, full) => {
    expect(contentDisposition(title, 'csv')).toBe(`attachment; filename="${ascii}"; filename*=UTF-8''${full}`);
  });

  it('is cut, never through a character', () => {
    const name = contentDisposition('😀'.repeat(200), 'csv');
    expect(decodeURIComponent(name.split("''")[1] ?? '')).toBe(`${'😀'.repeat(60)}.csv`);
    expect(decodeURIComponent(contentDisposition(`a${'😀'.repeat(200)}`, 'csv').split("''")[1] ?? '')).toBe(
      `a${'😀'.repeat(59)}.csv`,
    );
  });
});

describe('the times in a zip archive', () => {
  it('are fixed only in a zip archive', () => {
    expect(() => fixZipTimes(Buffer.from('no zip'))).toThrow('Not a zip archive');
    expect(() => fixZipTimes(Buffer.alloc(100))).toThrow('Not a zip archive');
  });
});

describe('a date for knownAt', () => {
  const schema = buildSchema(
    'input At { asOf: String knownAt: String position: String asPublished: Boolean } input Axis { moments: [At!] } type Query { a: Int }',
  );
  const typeOf = (name: string) => schema.getType(name) as GraphQLInputType;
  const calendar = { timeZone: 'Europe/Amsterdam', now: new Date('2026-01-01T23:30:00Z') };
  const knownAt = (day: string) => withDays({ knownAt: day }, typeOf('At'), calendar);

  it.each([
    ['a day', '2021-01-15', '2021-01-15T22:59:59.999Z'],
    ['a day in summer', '2020-07-01', '2020-07-01T21:59:59.999Z'],
    ['the day of 23 hours', '2025-03-30', '2025-03-30T21:59:59.999Z'],
    ['the day before it', '2025-03-29', '2025-03-29T22:59:59.999Z'],
    ['the day of 25 hours', '2025-10-26', '2025-10-26T22:59:59.999Z'],
    ['the day before it', '2025-10-25', '2025-10-25T21:59:59.999Z'],
    ['yesterday, where it is past midnight', '2026-01-01', '2026-01-01T22:59:59.999Z'],
  ])('runs to the end of %s', (_name, day, end) => expect(knownAt(day)).toEqual({ knownAt: end }));

  it('is the head where it is today', () => expect(knownAt('2026-01-02')).toEqual({}));

  it('stays where something else fixes what is known, for the two to be refused', () => {
    const both = { knownAt: '2026-01-02', position: '1' };
    expect(withDays(both, typeOf('At'), calendar)).toEqual({ ...both, knownAt: '2026-01-02T22:59:59.999Z' });
  });

  it('is found in lists within fields, and nothing else is touched', () => {
    const value = {
      moments: [{ knownAt: '2021-01-15', asOf: '2021-01-15' }, 'x', null],
      other: { knownAt: '2021-01-15' },
    };
    expect(withDays(value, typeOf('Axis'), calendar)).toEqual({
      ...value,
      moments: [{ knownAt: '2021-01-15T22:59:59.999Z', asOf: '2021-01-15' }, 'x', null],
    });
  });

  it.each([['2020-02-30'], ['2021-01-15T00:00:00Z'], [5], [null]])('is left alone where it is none: %j', (given) => {
    expect(withDays({ knownAt: given }, typeOf('At'), calendar)).toEqual({ knownAt: given });
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { record } from './later-news.js';
import { report } from './report-questions.js';

const manual = readFileSync('docs/formulas.md', 'utf8');
const [, block = ''] = /```formulas\n([^]*?)```/.exec(manual) ?? [];
const examples = block
  .trim()
  .split('\n')
  .map((line) => line.split('#').map((part) => part.trim()))
  .map(([formula = '', value = '']) => ({ formula, value: Number(value), decimals: value.split('.')[1]?.length ?? 0 }));

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ history: 'SHIPPED' });
});
afterAll(() => api.close());

it('the formulas of the manual come to what it says, in a report that anybody records', async () => {
  expect(examples.length).toBeGreaterThan(10);
  const cells = examples.map(({ formula, value, decimals }) => ({
    block: null,
    row: formula,
    column: 'n',
    published: value,
    decimals,
    formula,
  }));
  await record(api, 'report-manual', {
    type: 'ReportPublished',
    data: {
      key: 'manual',
      title: 'Examples',
      publisher: 'Anybody',
      publishedOn: '2021',
      period: '2020-10',
      tables: [{ number: 1, title: 'Examples', notes: [], cells }],
      claims: [],
    },
  });
  const { tables } = await report(api, 'manual');
  expect(tables[0]?.cells.map(({ row, rebuilt, verdict }) => ({ row, rebuilt, verdict }))).toEqual(
    examples.map(({ formula, value }) => ({ row: formula, rebuilt: value, verdict: 'MATCH' })),
  );
});

it('the manual shows the grammar that is read', () => {
  const source = readFileSync('events/formula/parse.ts', 'utf8');
  const grammar = (text: string): string[] =>
    [...text.matchAll(/^[ *]*(sum|product|factor|cell|condition) +(= .*)$/gm)].map(
      ([, name, rule]) => `${name} ${rule}`,
    );
  expect(grammar(manual)).toEqual(grammar(source));
  expect(grammar(manual)).toHaveLength(5);
});

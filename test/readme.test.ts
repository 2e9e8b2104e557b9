import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from '../src/config/settings.js';
import { openTestApi, type TestApi } from './support/test-api.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The queries of the README with the answers that it gives to them. */
const answered = [...readme.matchAll(/\*\*(.+)\*\*\n\n```graphql\n([\s\S]+?)```\n\n```json\n([\s\S]+?)```/g)].map(
  ([, question = '', query = '', answer = '']) => ({ question, query, answer: JSON.parse(answer) as unknown }),
);

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ history: 'SHIPPED' });
});
afterAll(() => api.close());

describe('the README', () => {
  it('asks five questions', () => {
    expect(answered).toHaveLength(5);
  });

  it.each(answered)('gives the answer that the API gives: $question', async ({ query, answer }) => {
    expect(await api.ask(query)).toEqual(answer);
  });

  it('names every setting with its default', () => {
    for (const setting of Object.values(settings)) {
      expect(readme).toContain(`| \`${setting.name}\` | \`${setting.default}\` |`);
    }
  });

  it('names the two commands', () => {
    expect(readme).toContain('npm ci && npm start');
    expect(readme).toContain('npm ci && npm test');
  });
});

import { expect, it } from 'vitest';
import { encodeId } from '../../schema/nodes/global-id.js';
import { named, region, scale, stated } from '../http/live-history.js';
import { codesOf, type Answer } from '../support/answer.js';
import { describeOnPostgres } from '../support/postgres/shared.js';
import type { TestApi } from '../support/test-api.js';
import { withApi, type ReadDatabaseEngine } from './with-api.js';

/** Text that no log can hold, and that anybody can send. */
const texts = ['\u0000', 'leiden\u0000', '\ud800', 'x\udc00y', '', "'; --", '\\u0000', '%', '\u{1f600}'];

const documents = [
  'query ($text: ID!) { region(key: $text) { name } }',
  'query ($text: ID!) { project(key: $text) { name } organisation(key: $text) { name } }',
  'query ($text: ID!) { region(key: "leiden") { status(scale: $text) { level { key } } timeline(scale: $text) { since } } }',
  'query ($text: ID!) { regions(filter: { keys: [$text] }) { totalCount } }',
  'query ($text: String!) { regions(filter: { nameContains: $text }) { totalCount } }',
  'query ($text: ID!) { regions(orderBy: { by: LEVEL, scale: $text }) { totalCount } }',
  'query ($text: ID!) { statusChanges(filter: { subjects: [$text] }) { totalCount } }',
  'query ($text: ID!) { statusChanges(filter: { scale: [$text] }) { totalCount } }',
  'query ($text: ID!) { statusChanges(filter: { from: [$text], to: [$text] }) { totalCount } }',
  'query ($text: String!) { statusChanges(filter: { recordedBy: [$text] }) { totalCount } }',
  'query ($text: ID!) { crossTab(subjects: REGION, rows: { scale: $text }, columns: { moments: [{}] }) { cells { count } } }',
  'query ($text: String!) { regions(at: { period: $text }) { totalCount } }',
  'query ($text: ID!) { node(id: $text) { id } }',
];

/** In no order: fields are resolved beside each other. */
const refusalsOf = (answer: Answer<unknown>): string[] => codesOf(answer).map(String).sort();

/** The answers, with what is wrong named by its code alone. */
async function answersOf(api: TestApi): Promise<unknown[]> {
  await api.append([scale('agreements'), region('leiden'), named('leiden', 'Leiden')]);
  await api.append([stated('leiden', 'agreements', '2', '2020-01-01')]);
  const answers: unknown[] = [];
  for (const document of documents) {
    for (const text of texts) {
      const answer = await api.query(document, { text });
      answers.push({ document, text, data: answer.data, refusals: refusalsOf(answer) });
    }
  }
  const point = { asOf: '2020-01-01', position: 3 };
  for (const key of texts) {
    const id = encodeId({ type: 'Region', key, point });
    const answer = await api.query('query ($id: ID!) { node(id: $id) { ... on Region { name } } }', { id });
    answers.push({ key, data: answer.data, refusals: refusalsOf(answer) });
  }
  return answers;
}

describeOnPostgres('questions with text that no log can hold', () => {
  it('are answered or refused in the same way in both dialects, and none of them breaks anything', async () => {
    const on = (engine: ReadDatabaseEngine) => withApi(answersOf, engine);
    const [file, server] = [await on('sqlite'), await on('postgres')];
    expect(server).toEqual(file);
    expect(JSON.stringify(file)).not.toMatch(/undefined|INTERNAL/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineScale, registerOrganisation, registerRegion } from '../model/histories/begin.js';
import { newPen } from '../model/histories/pen.js';
import { openTestApi, type TestApi } from '../support/test-api.js';

const scales = ['phase', 'colour'] as const;

/** An API over so many regions, each with a parent, a care office and statements on two scales. */
async function withRegions(count: number): Promise<TestApi> {
  const api = await openTestApi();
  const pen = newPen();
  for (const scale of scales) defineScale(pen, scale);
  for (const key of ['alfa', 'beta']) registerOrganisation(pen, key, '2019-01-01');
  for (let number = 0; number < count; number += 1) {
    const key = `region-${number}`;
    registerRegion(pen, key, '2019-01-01', `Regio ${number}`);
    const state = (scale: string, level: string, effectiveOn: string) =>
      pen.write(`region-${key}`, 'StatusStated', {
        scale,
        level,
        effectiveOn,
        basis: 'OBSERVED',
        reason: 'As agreed.',
        evidence: [],
      });
    state('phase', '1', '2019-02-01');
    state('phase', String(1 + (number % 3)), '2020-02-01');
    state('colour', number % 2 === 0 ? 'red' : 'blue', '2020-02-01');
    state('care-office', number % 2 === 0 ? 'alfa' : 'beta', '2019-01-01');
    if (number % 5 !== 0) state('parent', `region-${number - (number % 5)}`, '2019-01-01');
  }
  await api.append(pen.take());
  return api;
}

const questions: readonly (readonly [string, string])[] = [
  [
    'all regions with three statuses each',
    `{ regions(first: 200) { totalCount nodes {
      key name phase: status(scale: "phase") { level { key label } since } colour: status(scale: "colour") { level { key } }
      office: status(scale: "care-office") { level { key } evidence { title } event { position type recordedAt } } } } }`,
  ],
  [
    'all regions with everything around them',
    `{ regions(first: 200) { nodes {
      revision statuses { level { key } } careOffice { name formerNames } parent { name } subregions { name }
      milestones { on } projects(first: 5) { totalCount } timeline { since } explain(scale: "phase") { absence statements { reason event { type } } } } } }`,
  ],
  [
    'all changes with their subjects and events',
    '{ statusChanges(first: 200) { nodes { subject { name } from { key } to { key } reason event { position recordedBy { id } } supersededBy { type } } } }',
  ],
  [
    'a table with everybody in it',
    `{ crossTab(subjects: REGION, rows: {scale: "phase"}, columns: {moments: [{asOf: "2019-06-01"}, {asOf: "2020-06-01"}]}) {
      cells { count subjects(first: 200) { nodes { key name } } } } }`,
  ],
  [
    'a comparison with everybody who moved',
    `{ comparison(scale: "phase", from: {asOf: "2019-06-01"}, to: {asOf: "2020-06-01"}) {
      movers(first: 200) { nodes { subject { name } from { since } to { since level { key } } changes { direction effectiveOn event { position } } } } } }`,
  ],
];

describe('the number of SQL statements does not grow with the number of regions', () => {
  const sizes = [10, 200] as const;
  const apis = new Map<number, TestApi>();
  beforeAll(async () => {
    for (const size of sizes) apis.set(size, await withRegions(size));
  });
  afterAll(async () => {
    for (const api of apis.values()) await api.close();
  });

  it.each(questions)('%s', async (_, document) => {
    const counts = [];
    for (const size of sizes) {
      const api = apis.get(size) as TestApi;
      const { statements } = await api.counted(() => api.ask(document));
      counts.push(statements.length);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeLessThan(30);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordingOn, type Came, type Recording } from '../recording/recorder.js';
import { openTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;
let recording: Recording;

beforeAll(async () => {
  api = await openTestApi({ history: 'SHIPPED' });
  recording = recordingOn(api);
});
afterAll(() => api.close());

/** The event that made what governs a project on a scale now. */
async function governing(key: string, scale: string): Promise<string> {
  const { project } = await api.ask<{ project: { explain: { status: { event: { id: string } } } } }>(
    'query ($key: ID!, $scale: ID!) { project(key: $key, at: {period: "2020-10"}) { explain(scale: $scale) { status { event { id } } } } }',
    { key, scale },
  );
  return project.explain.status.event.id;
}

const correct = async (key: string, scale: string, change: object): Promise<Came> =>
  recording.record('correctStatus', { event: await governing(key, scale), reason: 'Looked up.', ...change });

/** Of the cells of a printed table: how each stands, and the positions of the events that restated it. */
async function restated(table: number): Promise<Map<string, { verdict: string; by: string[] }>> {
  const { report } = await api.ask<{
    report: {
      table: { cells: { row: string; column: string; verdict: string; restatedBy: { position: string }[] }[] };
    };
  }>(
    'query ($table: Int!) { report(key: "2021-01") { table(number: $table) { cells { row column verdict restatedBy { position } } } } }',
    { table },
  );
  return new Map(
    report.table.cells.map(({ row, column, verdict, restatedBy }) => [
      `${row} / ${column}`,
      { verdict, by: restatedBy.map(({ position }) => position) },
    ]),
  );
}

it('a correction that leaves a subject in its cell restates nothing, and one that takes it out is named alone', async () => {
  await correct('probeerservice', 'rubric', { basis: 'OBSERVED' });
  await correct('probeerservice', 'rubric', { evidence: [{ title: 'Annex 2' }] });
  const moved = await correct('probeerservice', 'care-office', { level: 'vgz' });
  const cells = await restated(4);
  expect(cells.get('Technologie / Menzis')).toEqual({ verdict: 'RESTATED', by: [moved.position] });
  expect(cells.get('Technologie / VGZ')).toEqual({ verdict: 'RESTATED', by: [moved.position] });
  expect(cells.get('Technologie / CZ')).toEqual({ verdict: 'MATCH', by: [] });
});

it('of a subject that went, came back and went again, the event is named since which it is gone', async () => {
  const key = 'ketenstage';
  const retire = { subject: await recording.idOf(key, 'project'), retiredOn: '2020-06-01', reason: 'Stopped.' };
  const first = await recording.record('retireSubject', retire);
  await recording.record('withdrawStatus', { event: first.event?.id, reason: 'A mistake.' });
  const again = await recording.record('retireSubject', retire);
  const status = await restated(6);
  const changed = [...status].filter(([cell, { by }]) => cell.endsWith('okt-20') && by.length > 0);
  expect(changed.length).toBeGreaterThan(0);
  for (const [, { verdict, by }] of changed)
    expect({ verdict, by }).toEqual({ verdict: 'RESTATED', by: [again.position] });
});

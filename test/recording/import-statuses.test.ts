import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '../support/answer.js';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { recordingOn, somebody, startProgramme, type Recording } from './recorder.js';

interface ImportedAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly field?: readonly string[];
  readonly recorded?: number;
  readonly accepted?: number;
  readonly unchanged?: number;
  readonly refused?: number;
  readonly position?: string | null;
  readonly rows?: readonly {
    readonly index: number;
    readonly outcome: string;
    readonly event: { readonly id: string; readonly type: string } | null;
    readonly problem: { readonly __typename: string; readonly code: string; readonly field?: readonly string[] } | null;
  }[];
}

const IMPORT = /* GraphQL */ `
  mutation ($input: ImportStatusesInput!) {
    came: importStatuses(input: $input) {
      __typename
      ... on Imported {
        recorded
        accepted
        unchanged
        refused
        position
        rows {
          index
          outcome
          event {
            id
            type
          }
          problem {
            __typename
            code
            ... on InvalidInput {
              field
            }
          }
        }
      }
      ... on Problem {
        code
      }
      ... on InvalidInput {
        field
      }
    }
  }
`;

let api: TestApi;
let recording: Recording;
let ids: readonly string[];

beforeAll(async () => {
  api = await openTestApi();
  recording = recordingOn(api);
  await startProgramme(recording);
  for (const key of ['zuid', 'oost', 'west'])
    await recording.record('registerRegion', { key, name: key, registeredOn: '2020-01-01' });
  ids = await Promise.all(['noord', 'zuid', 'oost', 'west'].map((key) => recording.idOf(key)));
});
afterAll(() => api.close());

const row = (subject: number, level: string, effectiveOn: string, more: object = {}): object => ({
  subject: ids[subject],
  scale: 'phase',
  level,
  effectiveOn,
  ...more,
});

const importing = async (rows: readonly object[], more: object = {}): Promise<ImportedAnswer> =>
  (await api.as(somebody('recorder')).ask<{ came: ImportedAnswer }>(IMPORT, { input: { rows, ...more } })).came;

const head = async (): Promise<number> => (await api.log.head()).position;

describe('importStatuses', () => {
  it('records rows in one append, which the read models include when it answers', async () => {
    const came = await importing([row(0, '1', '2020-03-01'), row(1, '2', '2020-03-01')]);
    expect(came).toMatchObject({ recorded: 2, accepted: 0, unchanged: 0, refused: 0, position: String(await head()) });
    expect(came.rows?.map(({ index, outcome, event }) => [index, outcome, event?.type])).toEqual([
      [0, 'RECORDED', 'StatusStated'],
      [1, 'RECORDED', 'StatusStated'],
    ]);
    const events = await api.log.byIds(came.rows?.map(({ event }) => event?.id ?? '') ?? []);
    expect(new Set(events.map(({ recordedAt, correlationId }) => `${recordedAt} ${correlationId}`)).size).toBe(1);
    const { region } = await api.ask<{ region: object }>(
      `{ region(key: "zuid", at: {asOf: "2020-03-01", atLeast: "${came.position}"}) { status(scale: "phase") { level { key } } } }`,
    );
    expect(region).toEqual({ status: { level: { key: '2' } } });
  });

  it('finds rows that were sent before unchanged, and shows the events of then', async () => {
    const rows = [row(0, '1', '2020-03-01'), row(1, '2', '2020-03-01')];
    const before = await head();
    const came = await importing(rows);
    expect(came).toMatchObject({ recorded: 0, unchanged: 2, position: null });
    expect(came.rows?.every(({ event }) => event?.type === 'StatusStated')).toBe(true);
    expect(await head()).toBe(before);
  });

  it('records nothing where a row is refused, and names its field', async () => {
    const before = await head();
    const came = await importing([
      row(0, '2', '2020-04-01'),
      row(1, '9', '2020-04-01'),
      row(2, '1', '2019-04-01'),
      { ...row(3, '1', '2020-04-01'), subject: 'nonsense' },
      row(1, '1', '2020-05-01'),
      row(3, '1', '2020-06-01'),
      row(3, '2', '2020-06-01'),
      row(0, '3', '2020-03-01'),
    ]);
    expect(came).toMatchObject({ __typename: 'Imported', recorded: 0, accepted: 1, refused: 7, position: null });
    expect(came.rows?.map(({ outcome, problem }) => [outcome, problem?.code, problem?.field?.join('.')])).toEqual([
      ['ACCEPTED', undefined, undefined],
      ['REFUSED', 'UNKNOWN_LEVEL', 'rows.1.level'],
      ['REFUSED', 'OUTSIDE_LIFETIME', 'rows.2.effectiveOn'],
      ['REFUSED', 'INVALID_ID', 'rows.3.subject'],
      ['REFUSED', 'REASON_REQUIRED', 'rows.4.reason'],
      ['REFUSED', 'STATED_TWICE', 'rows.5'],
      ['REFUSED', 'STATED_TWICE', 'rows.6'],
      ['REFUSED', 'REASON_REQUIRED', 'rows.7.reason'],
    ]);
    expect(await head()).toBe(before);
  });

  it('records the good rows when asked to, and corrects for a reason', async () => {
    const came = await importing(
      [row(2, '3', '2020-04-01'), row(2, '9', '2020-05-01'), row(1, '1', '2020-03-01', { reason: 'Misread' })],
      { partial: true },
    );
    expect(came).toMatchObject({ recorded: 2, accepted: 0, refused: 1 });
    expect(came.rows?.map(({ event }) => event?.type)).toEqual(['StatusStated', undefined, 'StatusCorrected']);
  });

  it('only decides when it is asked to validate', async () => {
    const before = await head();
    const came = await importing([row(3, '1', '2021-01-01')], { validateOnly: true });
    expect(came).toMatchObject({ recorded: 0, accepted: 1, position: null });
    expect(await head()).toBe(before);
  });

  it('gives the first answer for the same key for ever, and refuses the key for other rows', async () => {
    const input = { idempotencyKey: 'sheet 1', partial: true };
    const rows = [row(3, '2', '2021-02-01'), row(3, '9', '2021-03-01'), row(2, '3', '2020-04-01')];
    const first = await importing(rows, input);
    expect(first.rows?.map(({ outcome }) => outcome)).toEqual(['RECORDED', 'REFUSED', 'UNCHANGED']);
    await importing([
      row(2, '2', '2020-04-01', { reason: 'Misread' }),
      row(3, '1', '2021-02-01', { reason: 'Misread' }),
    ]);
    const after = await head();
    expect(await importing(rows, input)).toEqual(first);
    expect(await importing(rows.slice(1), input)).toMatchObject({
      __typename: 'Conflict',
      code: 'IDEMPOTENCY_KEY_TAKEN',
    });
    expect(await head()).toBe(after);
  });

  it('overlooks nobody who records of the same subjects at the same time', async () => {
    const before = await head();
    const rows = [row(0, '2', '2022-01-01'), row(1, '2', '2022-01-01'), row(2, '3', '2022-01-01')];
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => importing(rows)),
      recording.record('recordStatus', { ...row(0, '3', '2021-12-01') }),
    ]);
    const recorded = answers.map((answer) => ('recorded' in answer ? (answer.recorded ?? 0) : 0));
    const events = (await api.log.readAll(before, 100)).filter(({ type }) => type === 'StatusStated');
    // Whoever comes after the statement of December would state a fall, and is told so.
    expect(recorded.reduce((sum, count) => sum + count, 0)).toBe(events.length - 1);
    expect([0, 3]).toContain(events.length - 1);
    const places = events.map(({ stream, revision }) => `${stream} ${revision}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('has a bound, and at least a row', async () => {
    expect(await importing([])).toMatchObject({ __typename: 'InvalidInput', code: 'BAD_USER_INPUT', field: ['rows'] });
    const many = Array.from({ length: 5_001 }, () => row(0, '1', '2023-01-01'));
    expect(await importing(many)).toMatchObject({ __typename: 'InvalidInput', field: ['rows'] });
    expect(await importing([row(0, '3', '2023-01-01')], { idempotencyKey: '' })).toMatchObject({
      field: ['idempotencyKey'],
    });
  });

  it('takes five thousand rows', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => {
      const day = new Date(Date.UTC(2024, 0, 1) + Math.floor(index / 4) * 86_400_000).toISOString().slice(0, 10);
      return row(index % 4, '3', day);
    });
    expect(await importing(rows)).toMatchObject({ recorded: 5_000, refused: 0 });
    expect(await importing(rows)).toMatchObject({ recorded: 0, unchanged: 5_000 });
  });

  it('is for recorders', async () => {
    const input = { rows: [row(0, '3', '2023-01-01')] };
    expect(codesOf(await api.query(IMPORT, { input }))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await api.as(somebody('reader')).query(IMPORT, { input }))).toEqual(['FORBIDDEN']);
  });
});

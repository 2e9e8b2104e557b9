import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { recordingOn, startProgramme, type Came, type Recording } from './recorder.js';

let api: TestApi;
let recording: Recording;

beforeEach(async () => {
  api = await openTestApi();
  recording = recordingOn(api);
  await startProgramme(recording);
});
afterEach(() => api.close());

const state = async (level: string, effectiveOn: string, more: object = {}): Promise<Came> =>
  recording.record('recordStatus', {
    subject: await recording.idOf('noord'),
    scale: 'phase',
    level,
    effectiveOn,
    ...more,
  });

const statusOn = async (asOf: string): Promise<string | null> => {
  const { region } = await api.ask<{ region: { status: { level: { key: string } } | null } }>(
    'query ($asOf: Date!) { region(key: "noord", at: {asOf: $asOf}) { status(scale: "phase") { level { key } } } }',
    { asOf },
  );
  return region.status?.level.key ?? null;
};

describe('a recorder', () => {
  it('registers a region with everything that is given, in one append', async () => {
    const came = await recording.record('registerRegion', {
      key: 'noord-west',
      name: 'Noordwest',
      registeredOn: '2020-06-01',
      parent: 'noord',
    });
    expect(came.allEvents?.map(({ type }) => type)).toEqual(['RegionRegistered', 'RegionNamed', 'StatusStated']);
    expect(came).toMatchObject({
      __typename: 'Recorded',
      subject: { key: 'noord-west', name: 'Noordwest', revision: 2 },
    });
    const { region } = await api.ask<{ region: unknown }>(
      '{ region(key: "noord-west") { registeredOn parent { key subregions { key } } } }',
    );
    expect(region).toEqual({
      registeredOn: '2020-06-01',
      parent: { key: 'noord', subregions: [{ key: 'noord-west' }] },
    });
  });

  it('registers a project with its regions, once each', async () => {
    await recording.record('registerProject', {
      key: 'P-1',
      name: 'Project',
      registeredOn: '2020-06-01',
      regions: ['noord', 'noord'],
      summary: 'What it is about.',
    });
    const { project } = await api.ask<{ project: unknown }>('{ project(key: "P-1") { name summary regions { key } } }');
    expect(project).toEqual({ name: 'Project', summary: 'What it is about.', regions: [{ key: 'noord' }] });
  });

  it('reads its own writes in the answer and with atLeast', async () => {
    const came = await state('1', '2020-02-01');
    const { region } = await api.ask<{ region: { status: { event: { id: string } } } }>(
      'query ($atLeast: Position!) { region(key: "noord", at: {atLeast: $atLeast}) { status(scale: "phase") { event { id } } } }',
      { atLeast: came.position },
    );
    expect(region.status.event.id).toBe(came.event?.id);
  });

  it('states, corrects and withdraws, and each answer shows what is known then', async () => {
    const stated = await state('1', '2020-02-01');
    expect(await statusOn('2020-02-01')).toBe('1');
    const corrected = await recording.record('correctStatus', {
      event: stated.event?.id,
      level: '2',
      reason: 'Misread.',
    });
    expect(await statusOn('2020-02-01')).toBe('2');
    const withdrawn = await recording.record('withdrawStatus', { event: corrected.event?.id, reason: 'Not assessed.' });
    expect(withdrawn.event).toMatchObject({ type: 'StatusWithdrawn', revision: 4 });
    expect(await statusOn('2020-02-01')).toBeNull();
  });

  it('corrects what is not given to stay as it was, and replaces evidence that is given', async () => {
    const evidence = [{ title: 'Report', locator: 'table 1' }];
    const stated = await state('1', '2020-02-01', { basis: 'PUBLISHED', evidence });
    const moved = await recording.record('correctStatus', {
      event: stated.event?.id,
      effectiveOn: '2020-03-01',
      reason: 'Later.',
    });
    expect(moved.event?.data).toMatchObject({
      level: '1',
      effectiveOn: '2020-03-01',
      basis: 'PUBLISHED',
      evidence: [{ title: 'Report', locator: 'table 1', url: null }],
    });
    const other = [{ title: 'Letter', url: 'https://example.org/letter' }];
    const sourced = await recording.record('correctStatus', {
      event: moved.event?.id,
      evidence: other,
      reason: 'Source found.',
    });
    expect(sourced.event?.data['evidence']).toEqual([
      { title: 'Letter', locator: null, url: 'https://example.org/letter' },
    ]);
  });

  it('corrects a registration, a name, a parent and a retirement as any other statement', async () => {
    const explained = async (scale: string): Promise<string> => {
      const { region } = await api.ask<{ region: { explain: { statements: { event: { id: string } }[] } } }>(
        'query ($scale: ID!) { region(key: "noord") { explain(scale: $scale) { statements { event { id } } } } }',
        { scale },
      );
      return region.explain.statements[0]?.event.id ?? '';
    };
    const registration = await explained('existence');
    await recording.record('correctStatus', {
      event: registration,
      effectiveOn: '2019-01-01',
      reason: 'Registered earlier.',
    });
    await recording.record('correctStatus', {
      event: await explained('name'),
      level: 'Het Noorden',
      reason: 'Misspelt.',
    });
    const retired = await recording.record('retireSubject', {
      subject: await recording.idOf('noord'),
      retiredOn: '2022-01-01',
      reason: 'Merged.',
    });
    await recording.record('correctStatus', {
      event: retired.event?.id,
      effectiveOn: '2023-01-01',
      reason: 'A year later.',
    });
    const { region } = await api.ask<{ region: unknown }>(
      '{ region(key: "noord", at: {asOf: "2024-01-01"}) { name registeredOn retiredOn exists } }',
    );
    expect(region).toEqual({ name: 'Het Noorden', registeredOn: '2019-01-01', retiredOn: '2023-01-01', exists: false });
  });

  it('records a milestone with the precision that its date has', async () => {
    await recording.record('recordMilestone', {
      subject: await recording.idOf('noord'),
      on: '2020-05',
      text: 'Meeting.',
    });
    const { region } = await api.ask<{ region: unknown }>(
      '{ region(key: "noord") { milestones { on precision text } } }',
    );
    expect(region).toEqual({ milestones: [{ on: '2020-05', precision: 'MONTH', text: 'Meeting.' }] });
  });

  it('is named by its opaque id in what it records', async () => {
    const came = await state('1', '2020-02-01');
    expect(came.event?.recordedBy).toEqual({ id: 'administrator', name: null });
  });
});

describe('a publisher', () => {
  it('publishes a period with the counts of that moment, which no later news changes', async () => {
    await state('1', '2020-02-01');
    await recording.record('definePeriod', {
      key: '2020-03',
      label: { nl: 'maart 2020' },
      referenceDate: '2020-03-31',
    });
    const published = await recording.record('publishPeriod', { period: '2020-03' });
    const cells = published.event?.data['cells'] as { cell: string; count: number }[];
    expect(cells).toContainEqual({ cell: 'regions[phase=1]@2020-03', count: 1 });
    expect(cells).toContainEqual({ cell: 'regions[phase=2]@2020-03', count: 0 });

    const asPublished = `{ crossTab(subjects: REGION, rows: {scale: "phase"}, columns: {moments: [{period: "2020-03", asPublished: true}]}) {
      columns { moment { position immutable } } cells { count } } }`;
    const before = await api.ask(asPublished);
    await state('2', '2020-03-01');
    expect(await api.ask(asPublished)).toEqual(before);
    expect(before).toMatchObject({
      crossTab: {
        columns: [{ moment: { position: published.position, immutable: true } }],
        cells: [[{ count: 1 }], [{ count: 0 }], [{ count: 0 }]],
      },
    });
  });

  it('publishes again without moving the first publication', async () => {
    await recording.record('definePeriod', {
      key: '2020-03',
      label: { nl: 'maart 2020' },
      referenceDate: '2020-03-31',
    });
    const first = await recording.record('publishPeriod', { period: '2020-03' });
    const second = await recording.record('publishPeriod', { period: '2020-03' });
    const { period } = await api.ask<{ period: unknown }>('{ period(key: "2020-03") { publications { position } } }');
    expect(period).toEqual({ publications: [{ position: first.position }, { position: second.position }] });
    const { region } = await api.ask<{ region: { moment: unknown } }>(
      '{ region(key: "noord", at: {period: "2020-03", asPublished: true}) { moment { position } } }',
    );
    expect(region.moment).toEqual({ position: first.position });
  });
});

describe('validateOnly', () => {
  it('decides without recording or binding the key', async () => {
    const { position: before } = await api.log.head();
    const subject = await recording.idOf('noord');
    const input = { subject, scale: 'phase', level: '1', effectiveOn: '2020-02-01', idempotencyKey: 'k' };
    expect(await recording.record('recordStatus', { ...input, validateOnly: true })).toMatchObject({
      __typename: 'Recorded',
      event: null,
      position: null,
    });
    expect((await api.log.head()).position).toBe(before);
    expect(await recording.record('recordStatus', { ...input, level: '9', validateOnly: true })).toMatchObject({
      __typename: 'InvalidInput',
      code: 'UNKNOWN_LEVEL',
    });
    expect(await recording.record('recordStatus', { ...input, level: '2' })).toMatchObject({ __typename: 'Recorded' });
  });
});

describe('null for an optional field', () => {
  it('means what leaving it out means', async () => {
    const subject = await recording.idOf('noord');
    const recorded = await recording.record('recordStatus', {
      subject,
      scale: 'phase',
      level: '2',
      effectiveOn: '2020-02-01',
      basis: null,
      reason: null,
      evidence: null,
      idempotencyKey: null,
      expectedRevision: null,
      validateOnly: null,
    });
    expect(recorded).toMatchObject({ __typename: 'Recorded', event: { type: 'StatusStated' } });
    const { region } = await api.ask<{ region: object }>(
      '{ region(key: "noord") { status(scale: "phase") { basis } } }',
    );
    expect(region).toEqual({ status: { basis: 'OBSERVED' } });
  });
});

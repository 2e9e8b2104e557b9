import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { recordingOn, somebody, startProgramme, type Came, type Recording } from './recorder.js';

let api: TestApi;
let recording: Recording;
let noord: string;

beforeAll(async () => {
  api = await openTestApi();
  recording = recordingOn(api);
  await startProgramme(recording);
  noord = await recording.idOf('noord');
});
afterAll(() => api.close());

const state = (input: object): Promise<Came> =>
  recording.record('recordStatus', { subject: noord, scale: 'phase', level: '2', effectiveOn: '2020-02-01', ...input });

describe('what cannot be recorded', () => {
  it.each<[string, object, object]>([
    ['an unknown level', { level: '9' }, { __typename: 'InvalidInput', code: 'UNKNOWN_LEVEL', field: ['level'] }],
    ['an unknown scale', { scale: 'phases' }, { __typename: 'InvalidInput', code: 'UNKNOWN_SCALE', field: ['scale'] }],
    [
      'a date outside the lifetime',
      { effectiveOn: '2019-12-31' },
      { __typename: 'InvalidInput', code: 'OUTSIDE_LIFETIME', field: ['effectiveOn'] },
    ],
    [
      'a reserved scale',
      { scale: 'existence' },
      { __typename: 'InvalidInput', code: 'RESERVED_SCALE', field: ['scale'] },
    ],
    [
      'an id that is none',
      { subject: 'noord' },
      { __typename: 'InvalidInput', code: 'INVALID_ID', field: ['subject'] },
    ],
    ['an empty reason', { reason: '' }, { __typename: 'InvalidInput', code: 'MALFORMED', field: ['reason'] }],
    [
      'a reason that shows nothing',
      { reason: ' \u200b\t' },
      { __typename: 'InvalidInput', code: 'MALFORMED', field: ['reason'] },
    ],
    ['a text that cannot be kept', { reason: 'a\u0000b' }, { __typename: 'InvalidInput', code: 'MALFORMED' }],
    [
      'evidence without an address of the web',
      { evidence: [{ title: 'x', url: 'javascript:alert(1)' }] },
      { __typename: 'InvalidInput', code: 'MALFORMED', field: ['evidence', '0', 'url'] },
    ],
    [
      'an empty idempotency key',
      { idempotencyKey: '' },
      { __typename: 'InvalidInput', code: 'BAD_USER_INPUT', field: ['idempotencyKey'] },
    ],
  ])('is told with the field at fault: %s', async (_, input, problem) => {
    const { position } = await api.log.head();
    expect(await state(input)).toMatchObject(problem);
    expect((await api.log.head()).position).toBe(position);
  });

  it('is a fall on an ordinal scale without a reason', async () => {
    await state({ level: '3', effectiveOn: '2021-01-01' });
    expect(await state({ level: '2', effectiveOn: '2021-02-01' })).toMatchObject({
      code: 'REASON_REQUIRED',
      field: ['reason'],
    });
    expect(await state({ level: '2', effectiveOn: '2021-02-01', reason: 'Partners left.' })).toMatchObject({
      __typename: 'Recorded',
    });
  });

  it('is a late statement that makes a fall of what follows, without a reason', async () => {
    await state({ level: '2', effectiveOn: '2027-03-01', reason: 'Assessed.' });
    expect(await state({ level: '3', effectiveOn: '2027-02-01' })).toMatchObject({
      code: 'REASON_REQUIRED',
      field: ['reason'],
    });
    expect(await state({ level: '3', effectiveOn: '2027-02-01', reason: 'Found in the files.' })).toMatchObject({
      __typename: 'Recorded',
    });
    // The fall has its reason by now: one more statement before it makes no other.
    expect(await state({ level: '3', effectiveOn: '2027-02-15' })).toMatchObject({ __typename: 'Recorded' });
  });

  it('is a key that is taken, which is a conflict', async () => {
    const input = { key: 'noord', name: 'Again', registeredOn: '2020-01-01' };
    expect(await recording.record('registerRegion', input)).toMatchObject({
      __typename: 'Conflict',
      code: 'ALREADY_REGISTERED',
    });
  });

  it('names the fields of the input, not those of the events', async () => {
    const input = { key: 'oost', name: 'Oost', registeredOn: '2020-01-01' };
    expect(await recording.record('registerRegion', { ...input, parent: 'nergens' })).toMatchObject({
      code: 'UNKNOWN_REGION',
      field: ['parent'],
    });
    expect(await recording.record('registerRegion', { ...input, careOffice: 'niemand' })).toMatchObject({
      code: 'UNKNOWN_ORGANISATION',
      field: ['careOffice'],
    });
    expect(await recording.record('registerRegion', { ...input, name: '' })).toMatchObject({
      code: 'MALFORMED',
      field: ['name'],
    });
    expect(await recording.record('registerRegion', { ...input, key: 'oost!' })).toMatchObject({ field: ['key'] });
  });

  it('is a correction of what was replaced, which names the current version', async () => {
    const stated = await state({ effectiveOn: '2022-01-01', level: '3' });
    const corrected = await recording.record('correctStatus', {
      event: stated.event?.id,
      level: '2',
      reason: 'Misread.',
    });
    expect(
      await recording.record('correctStatus', { event: stated.event?.id, level: '1', reason: 'Again.' }),
    ).toMatchObject({
      __typename: 'Conflict',
      code: 'REPLACED',
      currentEvent: { id: corrected.event?.id },
    });
    await recording.record('withdrawStatus', { event: corrected.event?.id, reason: 'Not assessed.' });
    for (const mutation of ['correctStatus', 'withdrawStatus']) {
      const input = {
        event: corrected.event?.id,
        reason: 'Again.',
        ...(mutation === 'correctStatus' ? { level: '1' } : {}),
      };
      const came = await recording.record(mutation, input);
      expect(came).toMatchObject({ __typename: 'Conflict', code: 'WITHDRAWN' });
      expect(came.message).toContain('withdrawn');
    }
  });

  it('is a correction that changes nothing, and one of an event that states nothing', async () => {
    const stated = await state({ effectiveOn: '2023-01-01', level: '3' });
    expect(
      await recording.record('correctStatus', { event: stated.event?.id, level: '3', reason: 'The same.' }),
    ).toMatchObject({ __typename: 'InvalidInput', code: 'UNCHANGED' });
    const nobody = '0190a5d4-0000-7000-8000-000000000000';
    expect(await recording.record('withdrawStatus', { event: nobody, reason: 'x' })).toMatchObject({
      __typename: 'NotFound',
      code: 'UNKNOWN_EVENT',
    });
    expect(await recording.record('publishPeriod', { period: '1999-01' })).toMatchObject({
      __typename: 'NotFound',
      code: 'UNKNOWN_PERIOD',
    });
    expect(await recording.record('eraseActor', { actor: 'nobody', reason: 'x' })).toMatchObject({
      __typename: 'NotFound',
      code: 'UNKNOWN_ACTOR',
    });
  });
});

describe('who may record', () => {
  const status = () => ({ subject: noord, scale: 'phase', level: '3', effectiveOn: '2024-01-01' });
  const codeOf = async (mutation: string, input: object, who: Parameters<Recording['attempt']>[2]) =>
    (await recording.attempt(mutation, input, who)).errors?.[0]?.extensions?.['code'] ?? 'OK';

  it('is nobody without a token', async () => {
    expect(await codeOf('recordStatus', status(), null)).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['recordStatus', 'reader', 'FORBIDDEN'],
    ['recordStatus', 'recorder', 'OK'],
    ['definePeriod', 'recorder', 'FORBIDDEN'],
    ['definePeriod', 'publisher', 'OK'],
    ['defineScale', 'publisher', 'FORBIDDEN'],
    ['eraseActor', 'publisher', 'FORBIDDEN'],
    ['eraseActor', 'administrator', 'OK'],
  ] as const)('%s by a %s: %s', async (mutation, role, code) => {
    const inputs: Record<string, object> = {
      recordStatus: { ...status(), validateOnly: true },
      definePeriod: { key: '2030-01', label: { nl: 'x' }, referenceDate: '2030-01-31', validateOnly: true },
      defineScale: {
        key: 's',
        subjectKind: 'REGION',
        kind: 'NOMINAL',
        label: { nl: 's' },
        levels: [{ key: 'a', label: { nl: 'a' } }],
        validateOnly: true,
      },
      eraseActor: { actor: 'somebody', reason: 'Asked for.', validateOnly: true },
    };
    expect(await codeOf(mutation, inputs[mutation] ?? {}, somebody(role))).toBe(code);
  });
});

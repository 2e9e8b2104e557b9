import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newEventId } from '../../src/event-store/event-id.js';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { recordingOn, somebody, startProgramme, type Came, type Recording } from './recorder.js';

let api: TestApi;
let recording: Recording;
let subject: string;

beforeEach(async () => {
  api = await openTestApi();
  recording = recordingOn(api);
  await startProgramme(recording);
  subject = await recording.idOf('noord');
});
afterEach(() => api.close());

const state = (input: object): Promise<Came> =>
  recording.record('recordStatus', { subject, scale: 'phase', level: '2', effectiveOn: '2020-02-01', ...input });

describe('an expected revision', () => {
  it('that is right lets the statement through, and one that is not is a conflict that names the right one', async () => {
    expect(await state({ expectedRevision: 1 })).toMatchObject({ __typename: 'Recorded', event: { revision: 2 } });
    expect(await state({ expectedRevision: 1 })).toMatchObject({
      __typename: 'Conflict',
      code: 'REVISION_CONFLICT',
      actualRevision: 2,
    });
  });

  it('is judged before the content', async () => {
    expect(await state({ expectedRevision: 7, level: 'nonsense' })).toMatchObject({
      code: 'REVISION_CONFLICT',
      actualRevision: 1,
    });
  });

  it('lets exactly one of many at once through', async () => {
    const racing = Array.from({ length: 20 }, (_, day) =>
      state({ expectedRevision: 1, effectiveOn: `2020-03-${String(day + 1).padStart(2, '0')}` }),
    );
    const came = await Promise.all(racing);
    expect(came.filter(({ __typename }) => __typename === 'Recorded')).toHaveLength(1);
    expect(came.filter(({ code }) => code === 'REVISION_CONFLICT')).toHaveLength(19);
  });
});

describe('without an expected revision', () => {
  it('statements made at once are all recorded, each decided on the history before it', async () => {
    const racing = Array.from({ length: 12 }, (_, day) =>
      state({ effectiveOn: `2020-04-${String(day + 1).padStart(2, '0')}` }),
    );
    const came = await Promise.all(racing);
    expect(came.map(({ __typename }) => __typename)).toEqual(came.map(() => 'Recorded'));
    expect(came.map(({ event }) => event?.revision).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
      came.map((_, index) => index + 2),
    );
  });

  it('of several corrections of one version at once, one is recorded, and the others learn of it', async () => {
    const stated = await state({});
    const racing = ['1', '3', '1', '3'].map((level) =>
      recording.record('correctStatus', { event: stated.event?.id, level, reason: 'Misread.' }),
    );
    const came = await Promise.all(racing);
    const recorded = came.filter(({ __typename }) => __typename === 'Recorded');
    expect(recorded).toHaveLength(1);
    for (const { __typename, code, currentEvent } of came.filter((each) => each !== recorded[0])) {
      expect({ __typename, code, current: currentEvent?.id }).toEqual({
        __typename: 'Conflict',
        code: 'REPLACED',
        current: recorded[0]?.event?.id,
      });
    }
  });
});

describe('an idempotency key', () => {
  it('gives the first answer again for the same content, also when history would refuse it now', async () => {
    const stated = await state({ idempotencyKey: 'once' });
    await recording.record('retireSubject', { subject, retiredOn: '2020-01-15', reason: 'Merged.' });
    expect(await state({ idempotencyKey: 'once' })).toMatchObject({
      __typename: 'Recorded',
      event: { id: stated.event?.id },
      position: stated.position,
    });
  });

  it('is a conflict with other content, by another actor, or for another mutation', async () => {
    const stated = await state({ idempotencyKey: 'once' });
    const conflict = { __typename: 'Conflict', code: 'IDEMPOTENCY_KEY_TAKEN', currentEvent: { id: stated.event?.id } };
    expect(await state({ idempotencyKey: 'once', level: '3' })).toMatchObject(conflict);
    const input = { subject, scale: 'phase', level: '2', effectiveOn: '2020-02-01', idempotencyKey: 'once' };
    expect(await recording.record('recordStatus', input, somebody('recorder', 'another'))).toMatchObject(conflict);
    expect(
      await recording.record('renameSubject', {
        subject,
        name: 'N',
        effectiveOn: '2020-02-01',
        idempotencyKey: 'once',
      }),
    ).toMatchObject(conflict);
  });

  it('is not bound by a refusal', async () => {
    expect(await state({ idempotencyKey: 'once', level: '9' })).toMatchObject({ __typename: 'InvalidInput' });
    expect(await state({ idempotencyKey: 'once', level: '2' })).toMatchObject({ __typename: 'Recorded' });
  });

  it('records once for many requests at once, and all get the one answer', async () => {
    const { position } = await api.log.head();
    const came = await Promise.all(Array.from({ length: 30 }, () => state({ idempotencyKey: 'once' })));
    expect(new Set(came.map(({ event }) => event?.id)).size).toBe(1);
    expect((await api.log.head()).position).toBe(position + 1);
  });

  it('gives a repeated publication its first answer, whatever was recorded since', async () => {
    await recording.record('definePeriod', { key: '2020-03', label: { nl: 'maart' }, referenceDate: '2020-03-31' });
    const first = await recording.record('publishPeriod', { period: '2020-03', idempotencyKey: 'publish' });
    await state({});
    expect(await recording.record('publishPeriod', { period: '2020-03', idempotencyKey: 'publish' })).toMatchObject({
      event: { id: first.event?.id },
    });
  });
});

describe('what a decision refers to', () => {
  const region = (key: string) => recording.record('registerRegion', { key, name: key, registeredOn: '2020-01-01' });

  it('cannot turn into a circle of parents by two statements at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [a, b] = [`a${round}`, `b${round}`];
      await region(a);
      await region(b);
      const below = async (key: string, level: string): Promise<Came> =>
        recording.record('recordStatus', {
          subject: await recording.idOf(key),
          scale: 'parent',
          level,
          effectiveOn: '2020-02-01',
        });
      const came = await Promise.all([below(a, b), below(b, a)]);
      expect(came.map(({ __typename, code }) => code ?? __typename).sort()).toEqual(['PARENT_CYCLE', 'Recorded']);
    }
  });

  it('cannot be withdrawn in between', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [parent, child] = [`p${round}`, `c${round}`];
      const registered = await region(parent);
      await region(child);
      const childId = await recording.idOf(child);
      const [withdrawn, stated] = await Promise.all([
        recording.record('withdrawStatus', { event: registered.event?.id, reason: 'A mistake.' }),
        recording.record('recordStatus', {
          subject: childId,
          scale: 'parent',
          level: parent,
          effectiveOn: '2020-02-01',
        }),
      ]);
      if (stated.__typename === 'Recorded') expect(Number(stated.position)).toBeLessThan(Number(withdrawn.position));
      else expect(stated.code).toBe('UNKNOWN_REGION');
    }
  });

  it('may also be a stream that does not exist', async () => {
    await api.append([
      {
        id: newEventId(),
        stream: 'organisation-office',
        type: 'OrganisationRegistered',
        schemaVersion: 1,
        actor: 'tester',
        correlationId: 'test',
        causationId: null,
        data: { key: 'office', registeredOn: '2020-01-01', reason: null, evidence: [] },
      },
    ]);
    const input = { subject, scale: 'care-office', level: 'office', effectiveOn: '2020-02-01' };
    expect(await recording.record('recordStatus', input)).toMatchObject({ __typename: 'Recorded' });
    expect(await recording.record('recordStatus', { ...input, effectiveOn: '2020-03-01' })).toMatchObject({
      __typename: 'Recorded',
    });
  });
});

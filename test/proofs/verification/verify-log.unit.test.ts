import { describe, expect, it } from 'vitest';
import type { Json, StoredEvent } from '../../../events/envelope.js';
import { leafHash } from '../../../src/proofs/merkle/leaf-hash.js';
import type { HashedEvent } from '../../../src/proofs/verification/event-verifier.js';
import { verifyLog } from '../../../src/proofs/verification/verify-log.js';
import { naiveRoot } from '../../support/naive-tree.js';

const idOf = (position: number): string => `0190a000-0000-7000-8000-${String(position).padStart(12, '0')}`;

const event = (position: number, about: Partial<StoredEvent> = {}): StoredEvent => ({
  id: idOf(position),
  position,
  stream: 'region-zeeland',
  revision: position - 1,
  type: 'StatusStated',
  schemaVersion: 1,
  recordedAt: `2021-01-01T00:00:0${position}.000Z`,
  recordedAtStated: false,
  appendedAt: '2021-02-01T00:00:00.000Z',
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  idempotencyKey: null,
  requestDigest: null,
  data: { level: '1' },
  ...about,
});

const hashed = (event: StoredEvent): HashedEvent => ({ event, hash: leafHash(event) });
const verify = (...events: readonly StoredEvent[]) => verifyLog(events.map(hashed));
const messages = async (...events: readonly StoredEvent[]) =>
  (await verify(...events)).faults.map(({ position, message }) => `${position} ${message}`);

const correcting = (position: number, corrects: Json, about: Partial<StoredEvent> = {}) =>
  event(position, { type: 'StatusCorrected', data: { corrects, level: '2' }, ...about });
const withdrawing = (position: number, withdraws: Json, about: Partial<StoredEvent> = {}) =>
  event(position, { type: 'StatusWithdrawn', data: { withdraws }, ...about });

describe('a walk over a log', () => {
  it('tells where it ends, and finds nothing wrong with what is sound', async () => {
    const last = event(3, { stream: 'region-twente', revision: 0 });
    expect(await verify(event(1), event(2), last)).toEqual({
      events: 3,
      position: 3,
      recordedAt: '2021-01-01T00:00:03.000Z',
      lastLeafHash: leafHash(last).toString('hex'),
      root: naiveRoot([event(1), event(2), last].map(leafHash)).toString('hex'),
      faults: [],
      faultCount: 0,
    });
  });

  it('finds nothing wrong with an empty log', async () => {
    expect(await verifyLog([])).toEqual({
      events: 0,
      position: 0,
      recordedAt: null,
      lastLeafHash: null,
      root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      faults: [],
      faultCount: 0,
    });
  });

  it('finds a gap in the positions, once', async () => {
    expect(await messages(event(1), event(3, { revision: 1 }), event(4, { revision: 2 }))).toEqual([
      '3 stands after position 1: positions have no gap',
    ]);
    expect(await messages(event(2, { revision: 0 }))).toEqual(['2 stands after position 0: positions have no gap']);
  });

  it('finds revisions of a stream that are left out, or are there twice', async () => {
    expect(await messages(event(1), event(2, { revision: 2 }))).toEqual([
      "2 has revision 2 of 'region-zeeland', where 1 is next",
    ]);
    expect(await messages(event(1), event(2, { revision: 0 }))).toHaveLength(1);
  });

  it('finds times that decrease, and leaves equal ones alone', async () => {
    const same = { recordedAt: '2021-01-01T00:00:01.000Z' };
    expect(await messages(event(1), event(2, same))).toEqual([]);
    expect(await messages(event(1), event(2), event(3, same))).toEqual([
      '3 was recorded at 2021-01-01T00:00:01.000Z, before its predecessor at 2021-01-01T00:00:02.000Z',
    ]);
  });

  it('finds times that are stated after the log went live', async () => {
    const stated = { recordedAtStated: true };
    expect(await messages(event(1, stated), event(2))).toEqual([]);
    expect(await messages(event(1, stated), event(2), event(3, stated))).toEqual([
      '3 states when it was recorded, after one that was appended live',
    ]);
  });

  it('finds every change to what was recorded', async () => {
    const recorded = event(1);
    for (const change of [
      { data: { level: '3' } },
      { actor: 'somebody' },
      { recordedAt: '2021-01-01T00:00:00.999Z' },
      { appendedAt: '2021-02-01T00:00:00.001Z' },
      { idempotencyKey: 'key' },
      { id: idOf(9) },
      { data: { level: Number.POSITIVE_INFINITY } },
    ]) {
      const { faults } = await verifyLog([{ event: { ...recorded, ...change }, hash: leafHash(recorded) }]);
      expect(faults).toEqual([{ position: 1, message: 'is not what was recorded: its hash is another one' }]);
    }
  });

  it('follows corrections and withdrawals to what stands', async () => {
    expect(await messages(event(1), correcting(2, idOf(1)), withdrawing(3, idOf(2)))).toEqual([]);
    expect(await messages(event(1, { type: 'RegionNamed' }), correcting(2, idOf(1)))).toEqual([]);
  });

  it.each([
    ['what never was', [event(1), correcting(2, idOf(7))]],
    ['what comes later', [correcting(1, idOf(2)), event(2)]],
    ['what a correction replaced', [event(1), correcting(2, idOf(1)), correcting(3, idOf(1))]],
    ['what was withdrawn', [event(1), withdrawing(2, idOf(1)), correcting(3, idOf(1))]],
    ['a statement about something else', [event(1), correcting(2, idOf(1), { stream: 'region-twente', revision: 0 })]],
    ['what is no statement', [event(1, { type: 'MilestoneRecorded' }), withdrawing(2, idOf(1))]],
    ['nothing that could be named', [event(1), withdrawing(2, 7)]],
    ['nothing at all', [event(1), event(2, { type: 'StatusWithdrawn', data: null })]],
  ])('finds a correction or withdrawal of %s', async (_, events) => {
    const faults = await messages(...events);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/(corrects|withdraws) .*, which is no statement of 'region-\w+' that stands there$/);
  });

  it('counts all that is wrong and names the first', async () => {
    const events = Array.from({ length: 50 }, (_, index) =>
      event(index + 1, { recordedAt: '2021-01-01T00:00:00.000Z' }),
    );
    const { faults, faultCount } = await verifyLog(events.map((each) => ({ event: each, hash: Buffer.alloc(32) })));
    expect(faultCount).toBe(50);
    expect(faults).toHaveLength(20);
    expect(faults[0]?.position).toBe(1);
  });
});

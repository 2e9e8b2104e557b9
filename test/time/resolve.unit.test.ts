import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope.js';
import type { MomentRequest } from '../../src/time/moment.js';
import { resolveMoment, type MomentSources, type Present } from '../../src/time/resolve.js';

/** The event at position n was recorded on the n-th of March 2021. */
const recordedAt = (position: number): string => `2021-03-0${position}T12:00:00.000Z`;

const HEAD = 6;
const present: Present = { today: '2021-03-09', now: '2021-03-09T09:00:00.000Z', projectedPosition: 5 };

const stored = (position: number): StoredEvent => ({
  id: `event-${position}`,
  stream: 'region-zeeland',
  type: 'RegionNamed',
  schemaVersion: 1,
  position,
  revision: position,
  recordedAt: recordedAt(position),
  recordedAtStated: position <= 2,
  appendedAt: recordedAt(position),
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  idempotencyKey: null,
  requestDigest: null,
  data: {},
});

const sources = (more: Partial<MomentSources> = {}): MomentSources => ({
  log: {
    head: async () => ({ position: HEAD, recordedAt: recordedAt(HEAD) }),
    positionAt: async (instant) => [1, 2, 3, 4, 5, 6].filter((position) => recordedAt(position) <= instant).length,
    byPositions: async (positions) => positions.map(stored),
  },
  periodDates: async (key) =>
    ({
      '2020-10': { referenceDate: '2020-11-01', publishedAt: 4 },
      '2021-04': { referenceDate: '2021-05-01', publishedAt: null },
    })[key] ?? null,
  waitForPosition: async () => true,
  ...more,
});

const resolve = (at: MomentRequest, more: Partial<MomentSources> = {}) => resolveMoment(at, present, sources(more));

describe('a moment', () => {
  it('is today, at what is projected, when nothing is asked for', async () => {
    expect(await resolve({})).toEqual({
      asOf: '2021-03-09',
      position: 5,
      knownAt: recordedAt(5),
      recordedAtStated: false,
      periodKey: null,
      asPublished: false,
      immutable: false,
    });
  });

  it('names no event where the log is empty', async () => {
    const nothing = resolveMoment({}, { ...present, projectedPosition: 0 }, sources());
    expect(await nothing).toMatchObject({ position: 0, knownAt: null });
  });

  it.each<[string, MomentRequest, object]>([
    ['a date', { asOf: '2020-01-01' }, { asOf: '2020-01-01', position: 5, immutable: false }],
    ['a position', { position: 2 }, { asOf: '2021-03-09', position: 2, recordedAtStated: true, immutable: false }],
    ['a date and a position', { asOf: '2020-01-01', position: 3 }, { position: 3, immutable: true }],
    ['an instant between two events', { knownAt: '2021-03-03T18:00:00.000Z' }, { position: 3, knownAt: recordedAt(3) }],
    ['an instant before all events', { knownAt: '2020-01-01T00:00:00.000Z' }, { position: 0, knownAt: null }],
    ['a past instant and a date', { asOf: '2020-01-01', knownAt: recordedAt(3) }, { position: 3, immutable: true }],
    [
      'the instant of the last event',
      { asOf: '2020-01-01', knownAt: recordedAt(6) },
      { position: 6, immutable: false },
    ],
    ['a period', { period: '2020-10' }, { asOf: '2020-11-01', position: 5, periodKey: '2020-10', immutable: false }],
    [
      'a period as published',
      { period: '2020-10', asPublished: true },
      { asOf: '2020-11-01', position: 4, immutable: true },
    ],
    ['a position that must be included', { atLeast: 6 }, { position: 6, immutable: false }],
    ['a position that is included', { atLeast: 3 }, { position: 5 }],
  ])('may be asked for by %s', async (_name, at, expected) => {
    expect(await resolve(at)).toMatchObject(expected);
  });

  it.each<[string, MomentRequest, string, string]>([
    ['an unknown period', { period: '1999-01' }, 'UNKNOWN_PERIOD', 'at.period'],
    ['a period not published', { period: '2021-04', asPublished: true }, 'PERIOD_NOT_PUBLISHED', 'at.asPublished'],
    ['an instant to come', { knownAt: '2021-03-09T09:00:00.001Z' }, 'KNOWN_AT_IN_FUTURE', 'at.knownAt'],
    ['a position to come', { position: 7 }, 'POSITION_BEYOND_HEAD', 'at.position'],
    ['a position to come to include', { atLeast: 7 }, 'POSITION_BEYOND_HEAD', 'at.atLeast'],
    ['a period and a date', { period: '2020-10', asOf: '2020-01-01' }, 'CONTRADICTORY_MOMENT', 'at.asOf'],
    ['no period as published', { asPublished: true }, 'CONTRADICTORY_MOMENT', 'at.asPublished'],
    [
      'an instant as published',
      { period: '2020-10', asPublished: true, knownAt: recordedAt(1) },
      'CONTRADICTORY_MOMENT',
      'at.asPublished',
    ],
    ['an instant and a position', { knownAt: recordedAt(1), position: 1 }, 'CONTRADICTORY_MOMENT', 'at.position'],
    ['a position before what must be included', { position: 1, atLeast: 2 }, 'CONTRADICTORY_MOMENT', 'at.atLeast'],
  ])('is refused for %s', async (_name, at, code, argument) => {
    await expect(resolve(at)).rejects.toMatchObject({ code, argument });
  });

  it('is refused when the read models do not reach it in time', async () => {
    await expect(resolve({ position: 6 }, { waitForPosition: async () => false })).rejects.toMatchObject({
      code: 'STALE',
    });
  });
});

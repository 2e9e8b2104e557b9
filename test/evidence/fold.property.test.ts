import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../events/domain-event.js';
import type { Json, StoredEvent } from '../../events/envelope.js';
import { newCounter, newHistory } from '../../verifier/verify.mjs';
import type { Log, Moment } from '../model/fold/log.js';
import { scalesAt } from '../model/fold/scales.js';
import { existingAt } from '../model/fold/subjects.js';
import { holding } from '../model/fold/timeline.js';
import { history } from '../model/histories/arbitrary.js';
import type { History } from '../model/histories/history.js';
import { askedDates, projectKeys, regionKeys } from '../model/histories/vocabulary.js';
import { patience, search } from '../model/search.js';

const kinds = ['REGION', 'PROJECT'] as const;
const streams = [...regionKeys.map((key) => `region-${key}`), ...projectKeys.map((key) => `project-${key}`)];
const scales = ['phase', 'colour', 'stage', 'theme', 'care-office', 'parent', 'regions', 'name'];
const strength = ['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED'] as const;

/** A milestone as it was stored before its precision was. */
const asVersionOne = (event: StoredEvent): StoredEvent => {
  if (event.type !== 'MilestoneRecorded') return event;
  const { precision: _, ...data } = event.data as Record<string, Json>;
  return { ...event, schemaVersion: 1, data };
};

/** The events of a history as a log would store them. */
function storedEvents({ stated, live }: History): StoredEvent[] {
  const revisions = new Map<string, number>();
  const recordings = [
    ...stated.map((each) => ({ ...each, recordedAtStated: true })),
    ...live.map((each) => ({ ...each, recordedAtStated: false })),
  ];
  return recordings
    .flatMap(({ events, at, recordedAtStated }) => events.map((event) => ({ event, at, recordedAtStated })))
    .map(({ event, at, recordedAtStated }, index) => {
      const revision = (revisions.get(event.stream) ?? -1) + 1;
      revisions.set(event.stream, revision);
      const times = { recordedAt: at, recordedAtStated, appendedAt: at };
      const stored = { ...event, position: index + 1, revision, ...times, idempotencyKey: null, requestDigest: null };
      return index % 2 === 0 ? asVersionOne(stored) : stored;
    });
}

const folded = (events: readonly StoredEvent[]) => {
  const history = newHistory();
  for (const event of events) {
    history.apply(
      { ...event, position: String(event.position), data: event.data as Record<string, unknown> },
      event.position,
    );
  }
  return history;
};

/** A cell with one or two conditions, and as much of it as the model is asked in. */
const cells = (log: Log, kind: (typeof kinds)[number], position: number) => {
  const known = scalesAt(log, position).filter(({ subjectKind }) => subjectKind === kind);
  return known.flatMap(({ key, levels }) =>
    [null, ...levels.map((level) => [level.key]), levels.slice(0, 2).map((level) => level.key)].flatMap((wanted) => [
      [{ scale: key, levels: wanted }],
      ...known
        .filter((other) => other.key !== key)
        .map((other) => [
          { scale: key, levels: wanted },
          { scale: other.key, levels: null },
        ]),
    ]),
  );
};

const sample = fc.record({ date: fc.nat(askedDates.length - 1), back: fc.nat(40) });

describe('the fold of the verifier, whatever happens', { timeout: patience }, () => {
  it('lets the levels hold that the model lets hold, at any moment', () => {
    fc.assert(
      fc.property(history(), fc.array(sample, { minLength: 8, maxLength: 8 }), (past, samples) => {
        const events = storedEvents(past);
        const log: Log = events.map(decode);
        const own = folded(events);
        for (const { date, back } of samples) {
          const moment: Moment = { asOf: askedDates[date] as string, position: Math.max(0, events.length - back) };
          for (const kind of kinds)
            expect(own.existing(kind, moment).sort()).toEqual(existingAt(log, kind, moment).sort());
          const existing = new Set(kinds.flatMap((kind) => own.existing(kind, moment)));
          for (const stream of streams) {
            for (const scale of scales) {
              const held = existing.has(stream) ? own.governing(stream, scale, moment) : null;
              const expected = holding(log, stream, scale, moment);
              expect(held && [held.level, held.basis, held.from, held.rank]).toEqual(
                expected && [expected.level, expected.basis, expected.event.position, expected.first],
              );
            }
          }
        }
      }),
      search(60),
    );
  });

  it('counts in a cell whom the model has there, on the weakest of their grounds', () => {
    fc.assert(
      fc.property(history(), sample, (past, { date, back }) => {
        const events = storedEvents(past);
        const log: Log = events.map(decode);
        const position = Math.max(0, events.length - back);
        const asOf = askedDates[date] as string;
        const own = folded(events);
        own.periods.set('asked', { key: 'asked', referenceDate: asOf });
        const counter = newCounter(own, position, 'asked');
        for (const kind of kinds) {
          for (const conditions of cells(log, kind, position)) {
            const expected = existingAt(log, kind, { asOf, position }).flatMap((stream) => {
              const held = conditions.map(({ scale }) => holding(log, stream, scale, { asOf, position }));
              const meets = conditions.every(({ levels }, at) => {
                const level = held[at]?.level;
                return level !== undefined && (levels === null || levels.includes(level));
              });
              return meets
                ? [[stream, strength.findLast((basis) => held.some((each) => each?.basis === basis))] as const]
                : [];
            });
            const counted = counter.members({ kind, conditions, period: null });
            expect(counted).toEqual(new Map(expected));
          }
        }
      }),
      search(60),
    );
  });

  it('meets corrections, withdrawals, retirements and both versions of milestones in those histories', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(history(), (past) => {
        for (const { type, schemaVersion } of storedEvents(past)) seen.add(`${type} ${schemaVersion}`);
      }),
      { numRuns: 100, seed: 1 },
    );
    for (const type of [
      'StatusCorrected 1',
      'StatusWithdrawn 1',
      'RegionRetired 1',
      'ScaleRevised 1',
      'MilestoneRecorded 1',
      'MilestoneRecorded 2',
    ]) {
      expect(seen).toContain(type);
    }
  });

  it('refuses a type or a version that it does not know, by its name', () => {
    const event = storedEvents(fc.sample(history(), 1)[0] as History)[0] as StoredEvent;
    expect(() => folded([{ ...event, type: 'SomethingElse' }])).toThrow(
      '"SomethingElse" of version 1, which this verifier does not know',
    );
    expect(() => folded([{ ...event, type: 'toString' }])).toThrow('does not know');
    expect(() => folded([{ ...event, schemaVersion: 9 }])).toThrow('of version 9');
  });
});

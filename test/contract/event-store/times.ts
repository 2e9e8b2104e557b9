import { expect } from 'vitest';
import { ClockBehindError } from '../../../src/event-store/errors.js';
import { later, START, type Example } from './log-under-test.js';
import { append, event, events, everything, expectLength } from './support.js';

const iso = (milliseconds: number): string => later(milliseconds).toISOString();

export const times: readonly Example[] = [
  {
    name: 'labels an append with one instant of its clock',
    async run({ store, setClock }) {
      await append(store, events(2, 'a'));
      setClock(later(1));
      await append(store, events(2, 'a'));
      const log = await everything(store);
      expect(log.map(({ recordedAt }) => recordedAt)).toEqual([START, START, iso(1), iso(1)]);
      expect(log.map(({ appendedAt }) => appendedAt)).toEqual([START, START, iso(1), iso(1)]);
      expect(log.map(({ recordedAtStated }) => recordedAtStated)).toEqual([false, false, false, false]);
    },
  },
  {
    name: 'never lets recordedAt decrease when the clock goes back',
    async run({ store, setClock, another }) {
      const second = await another();
      await append(store, [event('a')]);
      for (const milliseconds of [-1, -5000, -300, 0, 7, 3]) {
        setClock(later(milliseconds));
        await append(milliseconds === -300 ? second : store, [event('a')]);
      }
      const log = await everything(store);
      expect(log.map(({ recordedAt }) => recordedAt)).toEqual([0, 0, 0, 0, 0, 7, 7].map(iso));
      expect(log.map(({ appendedAt }) => appendedAt)).toEqual([0, -1, -5000, -300, 0, 7, 3].map(iso));
    },
  },
  {
    name: 'refuses to append while the clock is more than five seconds behind the log',
    async run({ store, setClock }) {
      await append(store, [event('a')]);
      setClock(later(-5001));
      await expect(store.append({ events: [event('a')] })).rejects.toThrow(ClockBehindError);
      const conflict = await store.append({ events: [event('a')], expected: new Map([['a', 'NO_STREAM']]) });
      expect(conflict).toMatchObject({ kind: 'REVISION_CONFLICT' });
      setClock(later(-5000));
      await expectLength(store, 1);
    },
  },
  {
    name: 'finds the last position of an instant, before it, at it and after it, also among equals',
    async run({ store, setClock, reopen }) {
      expect(await store.positionAt(START)).toBe(0);
      for (const [milliseconds, count] of [
        [0, 1],
        [0, 1],
        [10, 1],
        [10, 1],
        [10, 1],
        [25, 2],
      ] as const) {
        setClock(later(milliseconds));
        await append(store, events(count, 'a'));
      }
      const instants = [-1, 0, 9, 10, 24, 25, 9999].map(iso);
      const positions = [0, 2, 2, 5, 5, 7, 7];
      expect(await Promise.all(instants.map((instant) => store.positionAt(instant)))).toEqual(positions);
      await expect(store.positionAt('2026-01-01T00:00:00Z')).rejects.toThrow(RangeError);
      const reopened = await reopen();
      expect(await Promise.all(instants.map((instant) => reopened.positionAt(instant)))).toEqual(positions);
    },
  },
];

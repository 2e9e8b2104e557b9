import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClockBehindError } from '../../src/event-store/errors.js';
import { timesOfAppend } from '../../src/event-store/recorded-time.js';

const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });

describe('the times of an append', () => {
  it('are the clock’s when the log is empty', () => {
    const now = '2026-01-01T00:00:00.000Z';
    expect(timesOfAppend(new Date(now), null)).toEqual({ recordedAt: now, appendedAt: now });
  });

  it('never decrease, and are refused from five seconds of lead on', () => {
    const lead = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(instant, lead, (clock, milliseconds) => {
        const last = new Date(clock.getTime() + milliseconds).toISOString();
        const now = clock.toISOString();
        if (milliseconds > 5000) {
          expect(() => timesOfAppend(clock, last)).toThrow(ClockBehindError);
        } else {
          expect(timesOfAppend(clock, last)).toEqual({ recordedAt: milliseconds > 0 ? last : now, appendedAt: now });
        }
      }),
    );
  });
});

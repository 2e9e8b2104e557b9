import { describe, expect, it } from 'vitest';
import { isUuidV7 } from '../../events/formats.js';
import { newEventId } from '../../src/event-store/event-id.js';

const at = (milliseconds: number) => () => new Date(Date.UTC(2100, 0, 1) + milliseconds);

describe('an event id', () => {
  it('is a UUIDv7 of its millisecond', () => {
    const id = newEventId(at(0));
    expect(isUuidV7(id)).toBe(true);
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.UTC(2100, 0, 1));
  });

  it('sorts after every earlier one, also of the same millisecond and after the clock went back', () => {
    const clocks = [...Array.from({ length: 10_000 }, () => at(1)), at(5), at(4), at(0), at(5), at(6)];
    const ids = clocks.map((clock) => newEventId(clock));
    expect(ids.every(isUuidV7)).toBe(true);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

import { randomUUID } from 'node:crypto';

let lastMillisecond = 0;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562) that sorts after every one this process made before, also within a millisecond and after the clock
 * was set back. The 12 bits after the version count within the millisecond (section 6.2, method 1).
 */
export function newEventId(clock: () => Date = () => new Date()): string {
  const now = clock().getTime();
  if (now > lastMillisecond) {
    lastMillisecond = now;
    // Starting in the lower half leaves room to count; starting anywhere in it keeps ids of several processes apart.
    sequence = Math.floor(Math.random() * 0x800);
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMillisecond += 1;
      sequence = 0;
    }
  }
  const time = lastMillisecond.toString(16).padStart(12, '0');
  const counter = sequence.toString(16).padStart(3, '0');
  // The last two groups of a version 4 UUID are the variant and 62 random bits: just what version 7 ends with.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${randomUUID().slice(19)}`;
}

import { V7Generator } from 'uuidv7';

const generator = new V7Generator();
// The order of ids matters more than their time, however far the clock was set back.
generator.setRollbackAllowance(2 ** 48 - 1);

/** A UUIDv7 (RFC 9562) that sorts after every earlier one of this process, also within a millisecond and after the clock was set back. */
export const newEventId = (clock: () => Date = () => new Date()): string =>
  generator.generateOrResetWithTs(clock().getTime()).toString();

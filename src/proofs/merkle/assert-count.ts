/** @throws {RangeError} when `count` is no whole number from 0 to `max` */
export function assertCount(what: string, count: number, max = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(count) && count >= 0 && count <= max) return;
  throw new RangeError(`${what} must be a whole number from 0 to ${max}, not ${count}.`);
}

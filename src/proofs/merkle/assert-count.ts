/** @throws {RangeError} for what counts no leaves: a fraction, something negative, or more than a double counts by ones */
export function checkCount(what: string, count: number, most = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(count) && count >= 0 && count <= most) return;
  throw new RangeError(`${what} must be a whole number from 0 to ${most}, not ${count}.`);
}

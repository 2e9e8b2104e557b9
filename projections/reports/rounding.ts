/** Rounds half away from zero, as reports do; the nudge keeps 1.005 from counting as less than it is written. */
export function rounded(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  const scaled = Math.abs(value) * factor;
  // Numbers this large have no digits after the point that could be rounded away.
  if (scaled > Number.MAX_SAFE_INTEGER) return value;
  // `|| 0` turns a negative zero into the zero that people write.
  return (Math.sign(value) * Math.round(scaled + Number.EPSILON * scaled)) / factor || 0;
}

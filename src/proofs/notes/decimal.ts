/** A count or an index as proofs spell it: in decimal digits, without a zero too many. Null where it is not spelled so. */
export function fromDecimal(text: string): number | null {
  const value = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}

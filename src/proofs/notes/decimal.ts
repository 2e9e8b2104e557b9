/** Reads a count or an index of a proof: decimal digits without a leading zero. Null for any other text. */
export function fromDecimal(text: string): number | null {
  const value = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}

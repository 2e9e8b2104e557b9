import type { DatedChange } from '../fold/changes.js';

export const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Rule 4: changes are ordered by date, then by the position by which they came to stand. What one event brought about on
 * one date differs in its scale only, and is listed by the scale's key.
 */
export function inOrder(
  changes: readonly DatedChange[],
  by: 'EFFECTIVE_ON' | 'RECORDED_AT',
  direction: 'ASC' | 'DESC',
): DatedChange[] {
  const sign = direction === 'ASC' ? 1 : -1;
  const keys = ({ effectiveOn, born, scale }: DatedChange) =>
    by === 'EFFECTIVE_ON' ? [effectiveOn, born, scale] : [born, scale, effectiveOn];
  return [...changes].sort((a, b) => {
    const [one, two] = [keys(a), keys(b)];
    const differing = one.findIndex((key, index) => key !== two[index]);
    return differing < 0 ? 0 : sign * compare(one[differing] as string, two[differing] as string);
  });
}

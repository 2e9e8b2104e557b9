import { existence } from '../../../events/reserved-scales.js';
import type { Lifetime, Version } from './facts.js';

/** Where a statement stands in the order of bitemporal rule 2. */
type Dated = Pick<Version, 'effectiveOn' | 'rank'>;

const isAfter = (a: Dated, b: Dated): boolean =>
  a.effectiveOn > b.effectiveOn || (a.effectiveOn === b.effectiveOn && a.rank > b.rank);

/** Inserts in the order of bitemporal rule 2. News mostly comes last, so the search begins there. */
export function insertVersion<V extends Dated>(versions: V[], version: V): void {
  let index = versions.length;
  while (index > 0 && isAfter(versions[index - 1] as V, version)) index -= 1;
  versions.splice(index, 0, version);
}

/** From the first registration to the first retirement that stand. */
export function lifetimeOf(versions: readonly Pick<Version, 'level' | 'effectiveOn'>[]): Lifetime {
  const first = (wanted: string): string | null =>
    versions.reduce<string | null>(
      (date, { level, effectiveOn }) =>
        level === wanted && (date === null || effectiveOn < date) ? effectiveOn : date,
      null,
    );
  return { registeredOn: first(existence.registered), retiredOn: first(existence.retired) };
}

export const isWithin = ({ registeredOn, retiredOn }: Lifetime, date: string): boolean =>
  registeredOn !== null && registeredOn <= date && (retiredOn === null || date < retiredOn);

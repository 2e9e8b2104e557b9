import { existence } from './reserved-scales.js';

/** When a subject exists: [registeredOn, retiredOn). Null where nothing known says so. */
export interface Lifetime {
  readonly registeredOn: string | null;
  readonly retiredOn: string | null;
}

const earliest = (first: string | null, date: string): string => (first === null || date < first ? date : first);

/** The lifetime that the known statements on scale `existence` give: the first registration to the first retirement. */
export function lifetimeOf(known: Iterable<{ readonly level: string; readonly effectiveOn: string }>): Lifetime {
  let [registeredOn, retiredOn]: [string | null, string | null] = [null, null];
  for (const { level, effectiveOn } of known) {
    if (level === existence.registered) registeredOn = earliest(registeredOn, effectiveOn);
    else if (level === existence.retired) retiredOn = earliest(retiredOn, effectiveOn);
  }
  return { registeredOn, retiredOn };
}

/** Time rule 5: a subject exists at the dates of its lifetime. */
export const existsOn = ({ registeredOn, retiredOn }: Lifetime, date: string): boolean =>
  registeredOn !== null && registeredOn <= date && (retiredOn === null || date < retiredOn);

import type { Basis } from '../../../events/primitives.js';
import type { Filter } from './filter.js';
import { selected } from './filter.js';
import { subjectOf, type Log, type Moment } from './log.js';
import { knownOf, type Version } from './statements.js';
import { subregionsOf } from './subjects.js';
import { holding } from './timeline.js';

/** A subject in scope, with the version that holds on each of the scales. */
export interface Counted {
  readonly stream: string;
  readonly on: readonly (Version | null)[];
}

/**
 * Rule 9: who is in scope. A region with subregions and no statement known on the scale, on whatever date, is not: with two
 * scales, the first is the one that is counted on.
 */
export function inScope(log: Log, kind: string, filter: Filter, scales: readonly string[], moment: Moment): Counted[] {
  const isSpokenFor = (stream: string): boolean =>
    kind === 'REGION' &&
    subregionsOf(log, subjectOf(stream).key, moment).length > 0 &&
    scales.slice(0, 1).some((scale) => knownOf(log, stream, scale, moment.position).length === 0);
  return selected(log, kind, filter, moment)
    .filter((stream) => !isSpokenFor(stream))
    .map((stream) => ({ stream, on: scales.map((scale) => holding(log, stream, scale, moment)) }));
}

const strength: readonly Basis[] = ['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED'];

/** With two statuses, a subject counts with the weaker of their grounds. */
const basisOf = ({ on }: Counted): Basis | undefined =>
  strength.findLast((basis) => on.some((version) => version?.basis === basis));

export const basisCounts = (counted: readonly Counted[]) =>
  strength
    .map((basis) => ({ basis, count: counted.filter((each) => basisOf(each) === basis).length }))
    .filter(({ count }) => count > 0);

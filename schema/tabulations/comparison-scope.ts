import type { ComparedSubject } from '../../projections/tabulation/comparison.js';
import type { Moment } from '../../src/time/moment.js';
import type { ResolvedScale } from '../scales/resolved-scale.js';
import { toSubject } from '../subjects/to-subject.js';
import type { Subject } from '../subjects/subject.js';

/** What the parts of one comparison share. */
export interface ComparisonScope {
  /** As known at `newest`. */
  readonly scale: ResolvedScale;
  /** Of the two moments, the one at the greater position. */
  readonly newest: Moment;
  readonly kind: 'REGION' | 'PROJECT';
  readonly from: Moment;
  readonly to: Moment;
}

/** The subject at `to`. A subject whose registration is not known there is answered at `from`. */
export const toComparedSubject = ({ subject, shownAtTo }: ComparedSubject, { from, to }: ComparisonScope): Subject =>
  toSubject(subject, shownAtTo ? to : from);

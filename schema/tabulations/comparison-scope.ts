import type { ComparedSubject } from '../../projections/tabulation/comparison.js';
import type { Moment } from '../../src/time/moment.js';
import type { ResolvedScale } from '../scales/resolved-scale.js';
import { toSubject } from '../subjects/to-subject.js';
import type { Subject } from '../subjects/subject.js';

/** What the parts of one comparison share. */
export interface Compared {
  /** As known at `newest`. */
  readonly scale: ResolvedScale;
  /** Of the two moments the one that knows more. */
  readonly newest: Moment;
  readonly kind: 'REGION' | 'PROJECT';
  readonly from: Moment;
  readonly to: Moment;
}

/** A subject is shown at 'to'; one whose registration is not known there, at 'from'. */
export const showComparedSubject = ({ subject, shownAtTo }: ComparedSubject, { from, to }: Compared): Subject =>
  toSubject(subject, shownAtTo ? to : from);

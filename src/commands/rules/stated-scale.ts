import type { ReservedScale } from '../../../events/reserved-scales.js';
import { isReservedScale } from '../../../events/reserved-scales.js';
import { subjectOfStream, type AnySubjectKind } from '../../../events/streams.js';
import { refuse } from '../refusal.js';
import type { Rule } from '../define-rules.js';
import { called } from './wording.js';

/** The kinds of subject that a reserved scale can be stated of; none where other events state it. */
const statedOf: Readonly<Record<ReservedScale, readonly AnySubjectKind[]>> = {
  existence: [],
  name: [],
  'care-office': ['REGION', 'PROJECT'],
  parent: ['REGION'],
  regions: ['PROJECT'],
};

const otherEvents: Readonly<Partial<Record<ReservedScale, string>>> = {
  existence: 'by registering or retiring the subject',
  name: 'by naming the subject',
};

/** A status is stated on a scale that is defined, or reserved, and meant for such a subject. */
export const scaleFitsSubject: Rule<'StatusStated'> = (model, { data: { scale }, stream }) => {
  const kind = subjectOfStream(stream)?.kind;
  const defined = model.scale(scale);
  if (!isReservedScale(scale) && !defined) {
    return refuse('UNKNOWN_SCALE', 'scale', `Scale '${scale}' is not defined.`);
  }
  const fits: readonly (AnySubjectKind | undefined)[] = isReservedScale(scale)
    ? statedOf[scale]
    : [defined?.subjectKind];
  if (kind !== undefined && fits.includes(kind)) return null;
  const message =
    fits.length === 0 && isReservedScale(scale)
      ? `Scale '${scale}' is stated ${otherEvents[scale]}, not by a status.`
      : `Scale '${scale}' is for ${fits.join(' and ').toLowerCase()}s, so it says nothing of ${called(stream)}.`;
  return refuse(fits.length === 0 ? 'RESERVED_SCALE' : 'SCALE_DOES_NOT_FIT', 'scale', message);
};

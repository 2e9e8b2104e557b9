import type { SubjectKind as SubjectKindName } from '../../events/primitives.js';
import { defineEnum } from '../enum.js';

export const SubjectKind = defineEnum('SubjectKind', 'What statements of status are made about.', {
  REGION: 'A care-office region (zorgkantoorregio) or a subregion.',
  PROJECT: 'A regional project (transitieplan).',
});

/** The kind of a subject of statuses, as the read models write it. Organisations have names, but no statuses. */
export const toSubjectKind = (kind: string): SubjectKindName => (kind === 'REGION' ? 'REGION' : 'PROJECT');

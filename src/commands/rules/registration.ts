import type { Candidate } from '../candidate.js';
import { programmeStream } from '../../../events/milestones.js';
import { refuse } from '../refusal.js';
import { called } from './wording.js';
import type { Rule } from './rule.js';

/** Rule 5: a key is registered once. It stays taken when the registration is withdrawn: what names a subject names it for ever. */
export const keyIsFree: Rule<'RegionRegistered' | 'ProjectRegistered' | 'OrganisationRegistered'> = (facts, event) =>
  facts.subject(event.stream)
    ? refuse('ALREADY_REGISTERED', 'key', `${called(event.stream)} was registered before; a key is registered once.`)
    : null;

type AboutSubject =
  | 'RegionNamed'
  | 'RegionRetired'
  | 'ProjectNamed'
  | 'ProjectRetired'
  | 'ProjectSummarised'
  | 'OrganisationNamed'
  | 'StatusStated'
  | 'MilestoneRecorded';

const isAboutProgramme = ({ stream }: Candidate): boolean => stream === programmeStream;

/** Nothing can be said of a subject whose registration is not known, or was withdrawn. */
export const subjectIsRegistered: Rule<AboutSubject> = (facts, event) => {
  if (isAboutProgramme(event)) return null;
  const subject = facts.subject(event.stream);
  if (subject && subject.lifetime.registeredOn !== null) return null;
  const why = subject ? 'has no registration that stands: it was withdrawn' : 'is not registered';
  return refuse('NOT_REGISTERED', 'stream', `${called(event.stream)} ${why}.`);
};

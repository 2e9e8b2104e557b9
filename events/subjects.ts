import { Type, type Static } from 'typebox';
import { CivilDate, closed, EvidenceList, FreeText, Key, nullable } from './primitives.js';

/**
 * One event, one statement: a registration states that the subject exists from a date, a naming states its name from a
 * date. The parent region, the care office and a project's regions are `StatusStated` events of the same append, so that
 * each can be corrected or withdrawn by naming its own event.
 */
const registration = { key: Key, registeredOn: CivilDate };
const naming = { name: FreeText, effectiveOn: CivilDate, reason: nullable(FreeText), evidence: EvidenceList };
const retirement = { retiredOn: CivilDate, reason: FreeText, evidence: EvidenceList };
const evidenced = { reason: nullable(FreeText), evidence: EvidenceList };

export const RegionRegistered = Type.Object({ ...registration, ...evidenced }, closed);
export type RegionRegistered = Static<typeof RegionRegistered>;

export const ProjectRegistered = Type.Object({ ...registration, summary: nullable(FreeText), ...evidenced }, closed);
export type ProjectRegistered = Static<typeof ProjectRegistered>;

export const OrganisationRegistered = Type.Object({ ...registration, ...evidenced }, closed);
export type OrganisationRegistered = Static<typeof OrganisationRegistered>;

/** What a project is about, where it came to be known after its registration. The latest that is known holds. */
export const ProjectSummarised = Type.Object({ summary: FreeText, evidence: EvidenceList }, closed);
export type ProjectSummarised = Static<typeof ProjectSummarised>;

/** A name from a date: the first, or another one later. */
export const SubjectNamed = Type.Object(naming, closed);
export type SubjectNamed = Static<typeof SubjectNamed>;

/** The date is the first on which the subject no longer exists. */
export const SubjectRetired = Type.Object(retirement, closed);
export type SubjectRetired = Static<typeof SubjectRetired>;

export const regionStream = (key: string) => `region-${key}`;
export const projectStream = (key: string) => `project-${key}`;
export const organisationStream = (key: string) => `organisation-${key}`;

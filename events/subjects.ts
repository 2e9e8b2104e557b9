import { Type, type Static } from 'typebox';
import { defineEvent } from './define-event.js';
import { firstVersion } from './schema-versions.js';
import { namedBy, subjectStreams } from './home-stream.js';
import { CivilDate, closed, EvidenceList, FreeText, Key, nullable, type Evidence } from './primitives.js';
import { existence } from './reserved-scales.js';
import { states, type StatementContent } from './statement-change.js';

/**
 * One event, one statement: a registration states that the subject exists from a date, a naming states its name from a
 * date. The parent region, the care office and a project's regions are `StatusStated` events of the same append, so that
 * each can be corrected or withdrawn by naming its own event.
 */
const registration = { key: Key, registeredOn: CivilDate };
const evidenced = { reason: nullable(FreeText), evidence: EvidenceList };

/** A name from a date: the first, or another one later. */
const Naming = Type.Object({ name: FreeText, effectiveOn: CivilDate, ...evidenced }, closed);

/** The date is the first on which the subject no longer exists. */
const Retirement = Type.Object({ retiredOn: CivilDate, reason: FreeText, evidence: EvidenceList }, closed);

interface Grounds {
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
}

/** Registering, naming and retiring are the recorder's own acts: nothing printed or inferred. */
const observed = (
  scale: string,
  level: string,
  effectiveOn: string,
  { evidence, reason }: Grounds,
): StatementContent => ({ scale, level, effectiveOn, basis: 'OBSERVED', evidence, reason });

const statesRegistration = states((data: Grounds & { readonly registeredOn: string }) =>
  observed('existence', existence.registered, data.registeredOn, data),
);
const statesName = states((data: Static<typeof Naming>) => observed('name', data.name, data.effectiveOn, data));
const statesRetirement = states((data: Static<typeof Retirement>) =>
  observed('existence', existence.retired, data.retiredOn, data),
);

export const regionStream = (key: string) => `region-${key}`;
export const projectStream = (key: string) => `project-${key}`;
export const organisationStream = (key: string) => `organisation-${key}`;

export const OrganisationRegistered = defineEvent('OrganisationRegistered', {
  meaning: 'The organisation exists from a date.',
  versions: firstVersion(Type.Object({ ...registration, ...evidenced }, closed)),
  home: namedBy(organisationStream, 'key'),
  statement: statesRegistration,
});

export const OrganisationNamed = defineEvent('OrganisationNamed', {
  meaning: 'The organisation bears a name from a date.',
  versions: firstVersion(Naming),
  home: subjectStreams('ORGANISATION'),
  statement: statesName,
});

export const RegionRegistered = defineEvent('RegionRegistered', {
  meaning: 'The region exists from a date.',
  versions: firstVersion(Type.Object({ ...registration, ...evidenced }, closed)),
  home: namedBy(regionStream, 'key'),
  statement: statesRegistration,
});

export const RegionNamed = defineEvent('RegionNamed', {
  meaning: 'The region bears a name from a date.',
  versions: firstVersion(Naming),
  home: subjectStreams('REGION'),
  statement: statesName,
});

export const RegionRetired = defineEvent('RegionRetired', {
  meaning: 'The region no longer exists from a date on.',
  versions: firstVersion(Retirement),
  home: subjectStreams('REGION'),
  statement: statesRetirement,
});

export const ProjectRegistered = defineEvent('ProjectRegistered', {
  meaning: 'The project exists from a date, and what it is about.',
  versions: firstVersion(Type.Object({ ...registration, summary: nullable(FreeText), ...evidenced }, closed)),
  home: namedBy(projectStream, 'key'),
  statement: statesRegistration,
});

export const ProjectNamed = defineEvent('ProjectNamed', {
  meaning: 'The project bears a name from a date.',
  versions: firstVersion(Naming),
  home: subjectStreams('PROJECT'),
  statement: statesName,
});

export const ProjectRetired = defineEvent('ProjectRetired', {
  meaning: 'The project no longer exists from a date on.',
  versions: firstVersion(Retirement),
  home: subjectStreams('PROJECT'),
  statement: statesRetirement,
});

export const ProjectSummarised = defineEvent('ProjectSummarised', {
  meaning:
    'What the project is about, where it came to be known after its registration. The latest that is known holds.',
  versions: firstVersion(Type.Object({ summary: FreeText, evidence: EvidenceList }, closed)),
  home: subjectStreams('PROJECT'),
});

import type { Basis } from '../../events/primitives.js';
import { regionsValue } from '../../events/reserved-scales.js';
import { projectStream, regionStream } from '../../events/subjects.js';
import { defineCommand, type Grounds } from './define-command.js';
import { defineRules, type Rule } from './define-rules.js';
import { propose, type Proposal } from './proposed-event.js';
import { careOfficeStreams } from './references.js';
import { refuse } from './refusal.js';
import { subjectIsRegistered } from './rules/registration.js';
import { called } from './rules/wording.js';

interface RegisterSubject extends Grounds {
  readonly key: string;
  readonly name: string;
  readonly registeredOn: string;
  readonly careOffice: string | null;
}

interface RegisterRegion extends RegisterSubject {
  readonly kind: 'REGISTER_REGION';
  readonly parent: string | null;
}

interface RegisterProject extends RegisterSubject {
  readonly kind: 'REGISTER_PROJECT';
  readonly regions: readonly string[];
  readonly summary: string | null;
}

const OBSERVED: Basis = 'OBSERVED';

/** What is stated of a subject from its registration on, each by an event of its own. */
const statedFromTheStart = (
  stream: string,
  { registeredOn, reason, evidence }: RegisterSubject,
  values: readonly { readonly scale: string; readonly level: string | null; readonly field: string }[],
): Proposal<'StatusStated'>[] =>
  values.flatMap(({ scale, level, field }) =>
    level === null
      ? []
      : propose(
          'StatusStated',
          stream,
          { scale, level, effectiveOn: registeredOn, basis: OBSERVED, evidence: [...evidence], reason },
          { level: field, scale: field, effectiveOn: 'registeredOn' },
        ),
  );

const nameFields = { effectiveOn: 'registeredOn', stream: 'key' };

export const registerRegion = defineCommand({
  kind: 'REGISTER_REGION',
  role: 'recorder',
  records: ['RegionRegistered', 'RegionNamed', 'StatusStated'],
  streams: ({ key, parent, careOffice }: RegisterRegion) => [
    regionStream(key),
    ...(parent === null ? [] : [regionStream(parent)]),
    ...careOfficeStreams(careOffice),
  ],
  concernsParents: ({ parent }) => parent !== null,
  decide(command) {
    const { key, name, registeredOn, reason, evidence, parent, careOffice } = command;
    const stream = regionStream(key);
    const grounds = { reason, evidence: [...evidence] };
    return [
      propose('RegionRegistered', stream, { key, registeredOn, ...grounds }),
      propose('RegionNamed', stream, { name, effectiveOn: registeredOn, ...grounds }, nameFields),
      ...statedFromTheStart(stream, command, [
        { scale: 'parent', level: parent, field: 'parent' },
        { scale: 'care-office', level: careOffice, field: 'careOffice' },
      ]),
    ];
  },
});

export const registerProject = defineCommand({
  kind: 'REGISTER_PROJECT',
  role: 'recorder',
  records: ['ProjectRegistered', 'ProjectNamed', 'StatusStated'],
  streams: ({ key, regions, careOffice }: RegisterProject) => [
    projectStream(key),
    ...regions.map(regionStream),
    ...careOfficeStreams(careOffice),
  ],
  decide(command) {
    const { key, name, registeredOn, reason, evidence, summary, careOffice } = command;
    const stream = projectStream(key);
    const grounds = { reason, evidence: [...evidence] };
    const regions = command.regions.length > 0 ? regionsValue(command.regions) : null;
    return [
      propose('ProjectRegistered', stream, { key, registeredOn, summary, ...grounds }),
      propose('ProjectNamed', stream, { name, effectiveOn: registeredOn, ...grounds }, nameFields),
      ...statedFromTheStart(stream, command, [
        { scale: 'regions', level: regions, field: 'regions' },
        { scale: 'care-office', level: careOffice, field: 'careOffice' },
      ]),
    ];
  },
});

/** Time rule 5: a key is registered once. It stays taken when the registration is withdrawn: a key names its subject for ever. */
const keyIsFree: Rule<'RegionRegistered' | 'ProjectRegistered' | 'OrganisationRegistered'> = (model, event) =>
  model.subject(event.stream)
    ? refuse('ALREADY_REGISTERED', 'key', `${called(event.stream)} was registered before; a key is registered once.`)
    : null;

export const regionRegisteredRules = defineRules('RegionRegistered', keyIsFree);
export const projectRegisteredRules = defineRules('ProjectRegistered', keyIsFree);
export const organisationRegisteredRules = defineRules('OrganisationRegistered', keyIsFree);
export const projectSummarisedRules = defineRules('ProjectSummarised', subjectIsRegistered);

import { defineCommand, type Grounds } from './define-command.js';
import { defineRules } from './define-rules.js';
import { propose } from './proposed-event.js';
import { takesEffectInLifetime } from './rules/lifetime.js';
import { subjectIsRegistered } from './rules/registration.js';
import { subjectKindOf } from './subject-kind.js';

interface Rename extends Grounds {
  readonly kind: 'RENAME';
  readonly stream: string;
  readonly name: string;
  readonly effectiveOn: string;
}

const eventTypes = { REGION: 'RegionNamed', PROJECT: 'ProjectNamed', ORGANISATION: 'OrganisationNamed' } as const;

export const rename = defineCommand({
  kind: 'RENAME',
  role: 'recorder',
  records: ['RegionNamed', 'ProjectNamed', 'OrganisationNamed'],
  streams: ({ stream }: Rename) => [stream],
  decide: ({ stream, name, effectiveOn, reason, evidence }) => [
    propose(eventTypes[subjectKindOf(stream)], stream, { name, effectiveOn, reason, evidence: [...evidence] }),
  ],
  digestContent: (command) => ({ ...command, kind: 'NAME' }),
});

export const regionNamedRules = defineRules('RegionNamed', subjectIsRegistered, takesEffectInLifetime);
export const projectNamedRules = defineRules('ProjectNamed', subjectIsRegistered, takesEffectInLifetime);
export const organisationNamedRules = defineRules('OrganisationNamed', subjectIsRegistered, takesEffectInLifetime);

import type { Basis } from '../../events/primitives.js';
import { defineCommand, type Grounds } from './define-command.js';
import { defineRules } from './define-rules.js';
import { propose } from './proposed-event.js';
import { levelStreams } from './references.js';
import { fallHasReason } from './rules/direction.js';
import { levelIsKnown } from './rules/level.js';
import { takesEffectInLifetime } from './rules/lifetime.js';
import { parentsHaveNoCycle } from './rules/parents.js';
import { subjectIsRegistered } from './rules/registration.js';
import { scaleFitsSubject } from './rules/stated-scale.js';

export interface RecordStatus extends Grounds {
  readonly kind: 'RECORD_STATUS';
  readonly stream: string;
  readonly scale: string;
  readonly level: string;
  readonly effectiveOn: string;
  readonly basis: Basis;
}

export const recordStatus = defineCommand({
  kind: 'RECORD_STATUS',
  role: 'recorder',
  records: ['StatusStated'],
  streams: ({ stream, scale, level }: RecordStatus) => [stream, ...levelStreams(scale, level)],
  concernsParents: ({ scale }) => scale === 'parent',
  decide: ({ stream, scale, level, effectiveOn, basis, evidence, reason }) => [
    propose('StatusStated', stream, { scale, level, effectiveOn, basis, evidence: [...evidence], reason }),
  ],
  digestContent: (command) => ({ ...command, kind: 'STATE' }),
});

export const statusStatedRules = defineRules(
  'StatusStated',
  subjectIsRegistered,
  scaleFitsSubject,
  levelIsKnown,
  takesEffectInLifetime,
  parentsHaveNoCycle,
  fallHasReason,
);

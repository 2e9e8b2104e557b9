import { statementChange, type DomainEvent } from '../../events/domain-event.js';
import type { Basis, Evidence } from '../../events/primitives.js';
import type { StatementContent } from '../../events/statement-change.js';
import { defineCommand } from './define-command.js';
import { defineRules } from './define-rules.js';
import { propose } from './proposed-event.js';
import { levelStreams } from './references.js';
import { refuse, type Refusal } from './refusal.js';
import {
  correctionChangesSomething,
  correctionKeepsScale,
  correctsWhatStands,
  existenceStaysSound,
  withdrawsWhatStands,
} from './rules/correction.js';
import { levelIsKnown } from './rules/level.js';
import { takesEffectInLifetime } from './rules/lifetime.js';
import { parentsHaveNoCycle } from './rules/parents.js';

interface CorrectStatus {
  readonly kind: 'CORRECT_STATUS';
  /** The event that made the version to be corrected. */
  readonly target: DomainEvent;
  /** Null: as it was. */
  readonly level: string | null;
  readonly effectiveOn: string | null;
  readonly basis: Basis | null;
  readonly evidence: readonly Evidence[] | null;
  readonly reason: string;
}

interface WithdrawStatus {
  readonly kind: 'WITHDRAW_STATUS';
  /** The event that made the latest version of the statement to be withdrawn. */
  readonly target: DomainEvent;
  readonly reason: string;
}

/** The version of a statement that an event made; null where it made none. */
function versionOf(event: DomainEvent): StatementContent | null {
  const change = statementChange(event);
  return change && change.kind !== 'WITHDRAWN' ? change.content : null;
}

const noStatement = (eventId: string): Refusal =>
  refuse('UNKNOWN_EVENT', 'event', `Event ${eventId} made no statement, so there is nothing to correct or withdraw.`);

const isAboutParent = ({ target }: { readonly target: DomainEvent }): boolean => versionOf(target)?.scale === 'parent';

/** What is not given stays as it was; evidence that is given replaces the earlier evidence (time rule 1). */
export const correctStatus = defineCommand({
  kind: 'CORRECT_STATUS',
  role: 'recorder',
  records: ['StatusCorrected'],
  streams({ target, level }: CorrectStatus) {
    const version = versionOf(target);
    return [target.stream, ...(version ? levelStreams(version.scale, level ?? version.level) : [])];
  },
  concernsParents: isAboutParent,
  decide({ target, level, effectiveOn, basis, evidence, reason }) {
    const version = versionOf(target);
    if (!version) return noStatement(target.id);
    const data = {
      corrects: target.id,
      scale: version.scale,
      level: level ?? version.level,
      effectiveOn: effectiveOn ?? version.effectiveOn,
      basis: basis ?? version.basis,
      evidence: [...(evidence ?? version.evidence)],
      reason,
    };
    return [propose('StatusCorrected', target.stream, data, { corrects: 'event' })];
  },
  digestContent: ({ target, ...asked }) => ({ ...asked, kind: 'CORRECT', named: target.id }),
});

export const withdrawStatus = defineCommand({
  kind: 'WITHDRAW_STATUS',
  role: 'recorder',
  records: ['StatusWithdrawn'],
  streams: ({ target }: WithdrawStatus) => [target.stream],
  concernsParents: isAboutParent,
  decide: ({ target, reason }) =>
    versionOf(target)
      ? [propose('StatusWithdrawn', target.stream, { withdraws: target.id, reason }, { withdraws: 'event' })]
      : noStatement(target.id),
  digestContent: ({ target, ...asked }) => ({ ...asked, kind: 'WITHDRAW', named: target.id }),
});

export const statusCorrectedRules = defineRules(
  'StatusCorrected',
  correctsWhatStands,
  correctionKeepsScale,
  existenceStaysSound,
  levelIsKnown,
  takesEffectInLifetime,
  correctionChangesSomething,
  parentsHaveNoCycle,
);

export const statusWithdrawnRules = defineRules('StatusWithdrawn', withdrawsWhatStands, parentsHaveNoCycle);

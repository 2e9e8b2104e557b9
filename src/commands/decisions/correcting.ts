import { statementChange } from '../../../events/domain-event.js';
import type { CommandOf } from '../command.js';
import { refuse, type Refusal } from '../refusal.js';
import { draft, type Draft } from './draft.js';

const noStatement = (eventId: string): Refusal =>
  refuse('UNKNOWN_EVENT', 'event', `Event ${eventId} made no statement, so there is nothing to correct or withdraw.`);

/** What is not given stays as it was; evidence that is given replaces the earlier evidence (bitemporal rule 1). */
export function correct({
  named,
  level,
  effectiveOn,
  basis,
  evidence,
  reason,
}: CommandOf<'CORRECT'>): Draft[] | Refusal {
  const news = statementChange(named);
  if (!news || news.kind === 'WITHDRAWN') return noStatement(named.id);
  const { content } = news;
  const data = {
    corrects: named.id,
    scale: content.scale,
    level: level ?? content.level,
    effectiveOn: effectiveOn ?? content.effectiveOn,
    basis: basis ?? content.basis,
    evidence: [...(evidence ?? content.evidence)],
    reason,
  };
  return [draft({ type: 'StatusCorrected', stream: named.stream, data }, { corrects: 'event' })];
}

export function withdraw({ named, reason }: CommandOf<'WITHDRAW'>): Draft[] | Refusal {
  const news = statementChange(named);
  if (!news || news.kind === 'WITHDRAWN') return noStatement(named.id);
  const data = { withdraws: named.id, reason };
  return [draft({ type: 'StatusWithdrawn', stream: named.stream, data }, { withdraws: 'event' })];
}

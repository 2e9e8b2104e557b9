import { actorStream } from '../../../events/actors.js';
import { periodStream } from '../../../events/periods.js';
import { scaleStream } from '../../../events/scales.js';
import type { CommandOf, Grounds } from '../command.js';
import type { Facts } from '../facts/facts.js';
import { refuse, type Refusal } from '../refusal.js';
import { draft, type Draft } from './draft.js';

/** Grounds as events carry them that need none: what is not given is left out. */
const grounds = ({ reason, evidence }: Grounds) => ({
  ...(reason === null ? {} : { reason }),
  ...(evidence.length === 0 ? {} : { evidence: [...evidence] }),
});

export function defineScale(command: CommandOf<'DEFINE_SCALE'>): Draft[] {
  const { key, subjectKind, scaleKind: kind, label, levels } = command;
  const data = { key, subjectKind, kind, label, levels: levels.map((level) => ({ ...level })), ...grounds(command) };
  return [draft({ type: 'ScaleDefined', stream: scaleStream(key), data })];
}

export function definePeriod(command: CommandOf<'DEFINE_PERIOD'>): Draft[] {
  const { key, label, referenceDate } = command;
  const data = { key, label, referenceDate, assumption: null, ...grounds(command) };
  return [draft({ type: 'PeriodDefined', stream: periodStream(key), data })];
}

export function publishPeriod(facts: Facts, command: CommandOf<'PUBLISH_PERIOD'>): Draft[] | Refusal {
  const { period, cells } = command;
  const referenceDate = facts.referenceDate(period);
  if (referenceDate === undefined) return refuse('UNKNOWN_PERIOD', 'period', `No period '${period}' is defined.`);
  const data = { period, referenceDate, cells: [...(cells ?? [])], ...grounds(command) };
  return [draft({ type: 'PeriodPublished', stream: periodStream(period), data })];
}

export const eraseActor = (command: CommandOf<'ERASE_ACTOR'>): Draft[] => {
  const { actor, reason } = command;
  return [draft({ type: 'ActorErased', stream: actorStream(actor), data: { actor, ...grounds(command), reason } })];
};

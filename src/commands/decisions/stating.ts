import { impliedPrecision } from '../../../events/milestones.js';
import { subjectOfStream, type AnySubjectKind } from '../../../events/streams.js';
import type { CommandOf } from '../command.js';
import { refuse, type Refusal } from '../refusal.js';
import { draft, type Draft } from './draft.js';

const namings = { REGION: 'RegionNamed', PROJECT: 'ProjectNamed', ORGANISATION: 'OrganisationNamed' } as const;

const kindOf = (stream: string): AnySubjectKind => {
  const subject = subjectOfStream(stream);
  if (!subject) throw new Error(`'${stream}' is no subject's stream.`);
  return subject.kind;
};

export function name({ stream, name: given, effectiveOn, reason, evidence }: CommandOf<'NAME'>): Draft[] {
  const data = { name: given, effectiveOn, reason, evidence: [...evidence] };
  return [draft({ type: namings[kindOf(stream)], stream, data })];
}

export function retire({ stream, retiredOn, reason, evidence }: CommandOf<'RETIRE'>): Draft[] | Refusal {
  const kind = kindOf(stream);
  if (kind === 'ORGANISATION')
    return refuse('WRONG_STREAM', 'subject', 'Regions and projects can be retired, organisations cannot.');
  const type = kind === 'REGION' ? 'RegionRetired' : 'ProjectRetired';
  return [draft({ type, stream, data: { retiredOn, reason, evidence: [...evidence] } })];
}

export function state({ stream, scale, level, effectiveOn, basis, evidence, reason }: CommandOf<'STATE'>): Draft[] {
  const data = { scale, level, effectiveOn, basis, evidence: [...evidence], reason };
  return [draft({ type: 'StatusStated', stream, data })];
}

export function recordMilestone({ stream, on, text, reason, evidence }: CommandOf<'RECORD_MILESTONE'>): Draft[] {
  const because = reason === null ? {} : { reason };
  const data = { on, precision: impliedPrecision(on), text, evidence: [...evidence], ...because };
  return [draft({ type: 'MilestoneRecorded', stream, data })];
}

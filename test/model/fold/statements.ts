import type { DomainEvent } from '../../../events/domain-event.js';
import type { Basis, Evidence } from '../../../events/primitives.js';
import { eventAt, kept, type Log } from './log.js';

/** One version of a statement. */
export interface Version {
  /** The subject's stream. */
  readonly stream: string;
  readonly scale: string;
  readonly level: string;
  readonly effectiveOn: string;
  readonly basis: Basis;
  readonly evidence: readonly Evidence[];
  readonly reason: string | null;
  /** The event that made the version. */
  readonly event: DomainEvent;
  /** Position of the statement's first version. */
  readonly first: number;
}

/** A version that does not stand any more, and the event that ended it. */
export interface EndedVersion {
  readonly version: Version;
  readonly by: 'CORRECTION' | 'WITHDRAWAL';
  readonly event: DomainEvent;
}

export interface Statements {
  readonly known: readonly Version[];
  readonly ended: readonly EndedVersion[];
}

/** Rule 1: what is known at a position. */
export const statementsAt = kept((log: Log, position): Statements => {
  if (position === 0) return { known: [], ended: [] };
  const before = statementsAt(log, position - 1);
  const event = eventAt(log, position);
  if (event.type === 'StatusWithdrawn') return without(before, event.data.withdraws, 'WITHDRAWAL', event).rest;
  if (event.type === 'StatusCorrected') {
    const { rest, version } = without(before, event.data.corrects, 'CORRECTION', event);
    const { scale, level, effectiveOn, basis, evidence, reason } = event.data;
    const content = { scale, level, effectiveOn, basis, evidence, reason };
    return { ...rest, known: [...rest.known, { stream: event.stream, ...content, event, first: version.first }] };
  }
  const content = stated(event);
  if (!content) return before;
  return { ...before, known: [...before.known, { stream: event.stream, ...content, event, first: position }] };
});

function without(before: Statements, eventId: string, by: EndedVersion['by'], event: DomainEvent) {
  const version = before.known.find((each) => each.event.id === eventId);
  if (!version) throw new Error(`No version of event ${eventId} is known before position ${event.position}.`);
  const known = before.known.filter((each) => each !== version);
  return { version, rest: { known, ended: [...before.ended, { version, by, event }] } };
}

type Content = Pick<Version, 'scale' | 'level' | 'effectiveOn' | 'basis' | 'evidence' | 'reason'>;

/** Rule 5: registrations, names and retirements are statements too. */
function stated(event: DomainEvent): Content | null {
  switch (event.type) {
    case 'StatusStated': {
      const { scale, level, effectiveOn, basis, evidence, reason } = event.data;
      return { scale, level, effectiveOn, basis, evidence, reason };
    }
    case 'RegionRegistered':
    case 'ProjectRegistered':
    case 'OrganisationRegistered': {
      const { registeredOn, evidence, reason } = event.data;
      return {
        scale: 'existence',
        level: 'registered',
        effectiveOn: registeredOn,
        basis: 'OBSERVED',
        evidence,
        reason,
      };
    }
    case 'RegionRetired':
    case 'ProjectRetired': {
      const { retiredOn, evidence, reason } = event.data;
      return { scale: 'existence', level: 'retired', effectiveOn: retiredOn, basis: 'OBSERVED', evidence, reason };
    }
    case 'RegionNamed':
    case 'ProjectNamed':
    case 'OrganisationNamed': {
      const { name, effectiveOn, evidence, reason } = event.data;
      return { scale: 'name', level: name, effectiveOn, basis: 'OBSERVED', evidence, reason };
    }
    default:
      return null;
  }
}

/** The known statements about one subject on one scale. */
export const knownOf = (log: Log, stream: string, scale: string, position: number): Version[] =>
  statementsAt(log, position).known.filter((version) => version.stream === stream && version.scale === scale);

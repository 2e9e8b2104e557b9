import type { Happening } from './domain-event.js';
import type { Basis, Evidence } from './primitives.js';
import { existence } from './reserved-scales.js';

/** A statement as one of its versions makes it: level (or value) on a scale from a date. */
export interface StatementContent {
  readonly scale: string;
  readonly level: string;
  readonly effectiveOn: string;
  readonly basis: Basis;
  readonly evidence: readonly Evidence[];
  readonly reason: string | null;
}

/** What an event tells about statements: at most one thing, so that naming the event names the version. */
export type StatementChange =
  | { readonly kind: 'STATED'; readonly content: StatementContent }
  | { readonly kind: 'CORRECTED'; readonly corrects: string; readonly content: StatementContent }
  | { readonly kind: 'WITHDRAWN'; readonly withdraws: string; readonly reason: string };

/** Registering, naming and retiring are the recorder's own acts: nothing printed or inferred. */
const act = (
  scale: string,
  level: string,
  effectiveOn: string,
  from: { evidence: readonly Evidence[]; reason: string | null },
): StatementChange => ({
  kind: 'STATED',
  content: { scale, level, effectiveOn, basis: 'OBSERVED', evidence: from.evidence, reason: from.reason },
});

/** The statement that an event makes, corrects or withdraws; null for events that are about something else. */
export function statementChange(event: Happening): StatementChange | null {
  switch (event.type) {
    case 'RegionRegistered':
    case 'ProjectRegistered':
    case 'OrganisationRegistered':
      return act('existence', existence.registered, event.data.registeredOn, event.data);
    case 'RegionRetired':
    case 'ProjectRetired':
      return act('existence', existence.retired, event.data.retiredOn, event.data);
    case 'RegionNamed':
    case 'ProjectNamed':
    case 'OrganisationNamed':
      return act('name', event.data.name, event.data.effectiveOn, event.data);
    case 'StatusStated':
      return { kind: 'STATED', content: event.data };
    case 'StatusCorrected':
      return { kind: 'CORRECTED', corrects: event.data.corrects, content: event.data };
    case 'StatusWithdrawn':
      return { kind: 'WITHDRAWN', withdraws: event.data.withdraws, reason: event.data.reason };
    default:
      return null;
  }
}

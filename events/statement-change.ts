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

/** What an event changes about statements: at most one thing, so that naming the event names the version. */
export type StatementChange =
  | { readonly kind: 'STATED'; readonly content: StatementContent }
  | { readonly kind: 'CORRECTED'; readonly corrects: string; readonly content: StatementContent }
  | { readonly kind: 'WITHDRAWN'; readonly withdraws: string; readonly reason: string };

/** How the events of one type change statements. */
export interface StatementDefinition<Data> {
  readonly kind: StatementChange['kind'];
  /** The field of the data that names the event whose version ends; null where no version ends. */
  readonly endsVersionIn: string | null;
  readonly change: (data: Data) => StatementChange;
}

/** Events of a type that make a new statement, with this content. */
export const states = <Data>(content: (data: Data) => StatementContent): StatementDefinition<Data> => ({
  kind: 'STATED',
  endsVersionIn: null,
  change: (data) => ({ kind: 'STATED', content: content(data) }),
});

/** Whether a change registers its subject: the subject is known from then on, whatever becomes of the registration. */
export const isRegistration = (change: StatementChange): boolean =>
  change.kind === 'STATED' && change.content.scale === 'existence' && change.content.level === existence.registered;

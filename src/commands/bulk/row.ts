import type { StoredEvent } from '../../../events/envelope.js';
import type { ProposedEvent } from '../proposed-event.js';
import type { RecordStatus } from '../record-status.js';
import type { Refusal } from '../refusal.js';

/** One statement of many that are asked for together. */
export interface StatementRow extends Omit<RecordStatus, 'kind'> {
  /** The line that it stands in. Where only part is recorded, the statements of one line stand or fall together. */
  readonly line: number;
}

/** What history makes of a row: each comes to one event, or to none. */
export type RowDecision =
  | { readonly kind: 'ACCEPTED'; readonly event: ProposedEvent }
  /** It is what is stated already, by this event. */
  | { readonly kind: 'UNCHANGED'; readonly event: string }
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal };

/** What became of a row. ACCEPTED: it could have been recorded, and was not. */
export type RowOutcome =
  | { readonly kind: 'RECORDED'; readonly event: StoredEvent }
  | { readonly kind: 'ACCEPTED' }
  | Extract<RowDecision, { readonly kind: 'UNCHANGED' | 'REFUSED' }>;

import { decode, decodeContent } from '../../events/domain-event.js';
import type { NewEvent } from '../../events/envelope.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import type { LearningFacts } from '../commands/facts/learning.js';
import type { Refusal } from '../commands/refusal.js';
import { refusal } from '../commands/rules.js';
import type { EventStore } from '../event-store/port.js';

/** History cannot take the event after those before it. */
export class RuleViolationError extends PeildatumError {
  readonly code = 'RULE_VIOLATION';

  constructor({ code, field, message }: Refusal) {
    super(`${message} (${code}, ${field})`);
  }
}

const PAGE_EVENT_COUNT = 5000;

/** Adds the events of the log that the facts do not have yet. */
export async function applyLog(log: Pick<EventStore, 'readAll'>, facts: LearningFacts): Promise<void> {
  for (;;) {
    // Positions are dense, so the facts' size is the position they have reached.
    const events = await log.readAll(facts.size(), PAGE_EVENT_COUNT);
    if (events.length === 0) return;
    for (const event of events) facts.learn(decode(event));
  }
}

/** Validates an event by its schema and by the rules, and adds it to the facts. @throws {InvalidEventError} {RuleViolationError} */
export function validateAgainstHistory(event: NewEvent & { readonly stream: string }, facts: LearningFacts): void {
  if (facts.has(event.id)) return;
  const candidate = { ...decodeContent(event), stream: event.stream };
  const refused = refusal(facts, candidate);
  if (refused) throw new RuleViolationError(refused);
  facts.learn({ ...candidate, id: event.id });
}

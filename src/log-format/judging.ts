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

/** Events of the log per reading. */
const PAGE = 5000;

/** Learns what the log holds beyond what the facts know already. */
export async function learnFrom(log: Pick<EventStore, 'readAll'>, facts: LearningFacts): Promise<void> {
  for (;;) {
    // Positions are dense, so the facts' size is the position they have reached.
    const events = await log.readAll(facts.size(), PAGE);
    if (events.length === 0) return;
    for (const event of events) facts.learn(decode(event));
  }
}

/** Holds the event against its schema and the rules, and takes it as a fact. @throws {InvalidEventError} {RuleViolationError} */
export function judge(event: NewEvent & { readonly stream: string }, facts: LearningFacts): void {
  if (facts.has(event.id)) return;
  const candidate = { ...decodeContent(event), stream: event.stream };
  const refused = refusal(facts, candidate);
  if (refused) throw new RuleViolationError(refused);
  facts.learn({ ...candidate, id: event.id });
}

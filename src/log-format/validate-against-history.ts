import { decode, decodeContent } from '../../events/domain-event.js';
import type { NewEvent } from '../../events/envelope.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import { causeOfFailure } from '../../events/malformed-event.js';
import { validateEvent } from '../../events/validate.js';
import type { Refusal } from '../commands/refusal.js';
import { evaluateRules } from '../commands/rules/evaluate.js';
import type { WriteModelBuilder } from '../commands/write-model/builder.js';
import type { EventStore } from '../event-store/port.js';

/** History cannot take the event after those before it. */
export class RuleViolationError extends PeildatumError {
  readonly code = 'RULE_VIOLATION';

  constructor({ code, field, message }: Refusal) {
    super(`${message} (${code}, ${field})`);
  }
}

const PAGE_EVENT_COUNT = 5000;

/** Applies to the write model what the log holds beyond it. */
export async function applyLog(log: Pick<EventStore, 'readAll'>, model: WriteModelBuilder): Promise<void> {
  for (;;) {
    // Positions are dense, so the model's size is the position that it has reached.
    const events = await log.readAll(model.size(), PAGE_EVENT_COUNT);
    if (events.length === 0) return;
    try {
      for (const event of events) model.apply(decode(event));
    } catch (error) {
      throw causeOfFailure(error, events);
    }
  }
}

/**
 * Validates an event against its schema, then against the history before it, and applies it to the write model of that.
 * @throws {InvalidEventError} {RuleViolationError}
 */
export function validateAgainstHistory(event: NewEvent & { readonly stream: string }, model: WriteModelBuilder): void {
  validateEvent(event.type, event.schemaVersion, event.data);
  if (model.has(event.id)) return;
  const proposed = { ...decodeContent(event), stream: event.stream };
  const refused = evaluateRules(model, proposed);
  if (refused) throw new RuleViolationError(refused);
  model.apply({ ...proposed, id: event.id });
}

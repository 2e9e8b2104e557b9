import type { ProposedEvent } from '../../src/commands/proposed-event.js';
import { newWriteModel, type WriteModelBuilder } from '../../src/commands/write-model/builder.js';
import { evaluateRules } from '../../src/commands/rules/evaluate.js';
import type { Refusal } from '../../src/commands/refusal.js';

/** A history that obeys the rules, for judging what may come next. */
export interface Past {
  readonly model: WriteModelBuilder;
  /** Lets an event record, which must be acceptable, and returns its id. */
  record(event: ProposedEvent): string;
  refusalOf(event: ProposedEvent): Refusal | null;
}

export function past(...events: readonly ProposedEvent[]): Past {
  const model = newWriteModel();
  const record = (event: ProposedEvent): string => {
    const refused = evaluateRules(model, event);
    if (refused) throw new Error(`${event.type} was refused: ${refused.message}`);
    const id = `event-${model.size() + 1}`;
    model.apply({ ...event, id });
    return id;
  };
  for (const event of events) record(event);
  return { model, record, refusalOf: (event) => evaluateRules(model, event) };
}

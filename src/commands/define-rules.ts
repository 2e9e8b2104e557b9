import type { EventTypeName } from '../../events/event-types.js';
import type { ProposedEvent } from './proposed-event.js';
import type { Refusal } from './refusal.js';
import type { WriteModel } from './write-model/write-model.js';

/** What history demands of events of these types. Null: nothing against it. A rule may rely on those before it in its list. */
export type Rule<T extends EventTypeName> = (model: WriteModel, event: ProposedEvent<T>) => Refusal | null;

/** What events of one type must satisfy, in the order in which it is asked. That each stands in its home stream goes first. */
export interface EventRules<T extends EventTypeName> {
  readonly type: T;
  readonly rules: readonly Rule<T>[];
}

export const defineRules = <T extends EventTypeName>(
  type: T,
  ...rules: readonly Rule<NoInfer<T>>[]
): EventRules<T> => ({ type, rules });

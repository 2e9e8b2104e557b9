import type { EventTypeName } from '../../../events/event-types.js';
import type { Candidate } from '../candidate.js';
import type { Facts } from '../facts/facts.js';
import type { Refusal } from '../refusal.js';

/** What history demands of events of these types. Null: nothing against it. A rule may rely on those before it in its list. */
export type Rule<T extends EventTypeName> = (facts: Facts, event: Candidate<T>) => Refusal | null;

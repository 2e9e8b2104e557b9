import type { Candidate } from '../../src/commands/candidate.js';
import { newFacts, type LearningFacts } from '../../src/commands/facts/learning.js';
import { refusal } from '../../src/commands/rules.js';
import type { Refusal } from '../../src/commands/refusal.js';

/** A history that obeys the rules, for judging what may come next. */
export interface Past {
  readonly facts: LearningFacts;
  /** Lets an event happen, which must be acceptable, and returns its id. */
  happen(event: Candidate): string;
  judge(event: Candidate): Refusal | null;
}

export function past(...events: readonly Candidate[]): Past {
  const facts = newFacts();
  const happen = (event: Candidate): string => {
    const refused = refusal(facts, event);
    if (refused) throw new Error(`${event.type} was refused: ${refused.message}`);
    const id = `event-${facts.size() + 1}`;
    facts.learn({ ...event, id });
    return id;
  };
  for (const event of events) happen(event);
  return { facts, happen, judge: (event) => refusal(facts, event) };
}

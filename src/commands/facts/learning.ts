import type { Candidate } from '../candidate.js';
import { newDefinitions } from './definitions.js';
import type { Facts } from './facts.js';
import { newStatements } from './statements.js';

/** Facts that grow as events happen. */
export interface LearningFacts extends Facts {
  /** Takes an event that has happened, or that the rules found acceptable, as a fact. It judges nothing itself. */
  learn(event: Candidate & { readonly id: string }): void;
}

const nothing: Facts = {
  size: () => 0,
  has: () => false,
  scale: () => undefined,
  subject: () => undefined,
  version: () => undefined,
  end: () => undefined,
  referenceDate: () => undefined,
  hasReport: () => false,
};

/**
 * Facts that are yet to be learned, on top of those of an earlier history, which stay as they are: what several events of
 * one request would bring about can be tried out and thrown away.
 */
export function newFacts(base: Facts = nothing): LearningFacts {
  const { learn: learnDefinition, ...definitions } = newDefinitions(base);
  const { learn: learnStatement, ...statements } = newStatements(base);
  /** Events that made no version: all others are found among the versions. */
  const others = new Set<string>();
  let size = base.size();

  return {
    ...definitions,
    ...statements,
    size: () => size,
    has: (id) => others.has(id) || (statements.version(id) ?? statements.end(id)) !== undefined || base.has(id),
    learn(event) {
      size += 1;
      learnDefinition(event);
      learnStatement(event, size);
      if (!statements.version(event.id)) others.add(event.id);
    },
  };
}

import type { ProposedEvent } from '../proposed-event.js';
import { newDefinitions } from './definitions.js';
import { newStatements } from './statements.js';
import type { WriteModel } from './write-model.js';

/** An event as the write model takes it: recorded, or found acceptable by the rules. */
export type AppliedEvent = ProposedEvent & { readonly id: string };

/** A write model that grows as events are applied. */
export interface WriteModelBuilder extends WriteModel {
  /** Applies an event, whatever it says: the rules are asked before. */
  apply(event: AppliedEvent): void;
}

const empty: WriteModel = {
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
 * A write model on top of that of an earlier history, which stays as it is: what several events of one request would bring
 * about can be tried out and thrown away.
 */
export function newWriteModel(base: WriteModel = empty): WriteModelBuilder {
  const { apply: applyToDefinitions, ...definitions } = newDefinitions(base);
  const { apply: applyToStatements, ...statements } = newStatements(base);
  /** Events that made no version: all others are found among the versions. */
  const others = new Set<string>();
  let size = base.size();

  return {
    ...definitions,
    ...statements,
    size: () => size,
    has: (id) => others.has(id) || (statements.version(id) ?? statements.end(id)) !== undefined || base.has(id),
    apply(event) {
      size += 1;
      if (applyToStatements(event, size)) return;
      others.add(event.id);
      applyToDefinitions(event);
    },
  };
}

import type { DomainEvent } from '../../../events/domain-event.js';

/**
 * The fold of these files is the rules of time, written down a second time and as plainly as they can be: over an array of
 * events, from the beginning, for every question. It shares nothing with the read models that it is held against.
 *
 * The event at position n stands at index n - 1.
 */
export type Log = readonly DomainEvent[];

/** A place on both time axes. */
export interface Moment {
  readonly asOf: string;
  readonly position: number;
}

export const eventAt = (log: Log, position: number): DomainEvent => {
  const event = log[position - 1];
  if (!event) throw new Error(`The log has no position ${position}.`);
  return event;
};

/** 'region-zeeland' is about region 'zeeland'. */
export const subjectOf = (stream: string): { readonly kind: string; readonly key: string } => {
  const [category = '', ...key] = stream.split('-');
  return { kind: category.toUpperCase(), key: key.join('-') };
};

export const streamOf = (kind: string, key: string): string => `${kind.toLowerCase()}-${key}`;

/** Folding from the beginning for every question is slow: what was folded of a log is kept for as long as the log is. */
export function kept<T>(fold: (log: Log, position: number) => T): (log: Log, position: number) => T {
  const answers = new WeakMap<Log, Map<number, T>>();
  return (log, position) => {
    const known = answers.get(log) ?? new Map<number, T>();
    answers.set(log, known);
    const answer = known.has(position) ? (known.get(position) as T) : fold(log, position);
    known.set(position, answer);
    return answer;
  };
}

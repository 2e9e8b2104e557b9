import { expect } from 'vitest';
import type { StoredEvent } from '../../events/envelope.js';
import { expectDense } from '../contract/event-store/support.js';

/** What a process that appends has said it was told. */
export interface Acknowledged {
  readonly position: number;
  readonly id: string;
}

export const acknowledgedIn = (lines: readonly string[]): Acknowledged[] =>
  lines.flatMap((line) => JSON.parse(line) as Acknowledged[]);

/** Everything acknowledged is there, in its place, and every append of the fixture is whole. */
export function expectKept(log: readonly StoredEvent[], acknowledged: readonly Acknowledged[]): void {
  expectDense(log);
  const missing = acknowledged.filter(({ position, id }) => log[position - 1]?.id !== id);
  expect(missing).toEqual([]);
  for (let index = 0; index < log.length; index += 3) {
    const three = log.slice(index, index + 3);
    expect(new Set(three.map(({ correlationId }) => correlationId)).size).toBe(1);
    expect(three.map(({ stream }) => stream === 'shared')).toEqual([false, true, false]);
  }
}

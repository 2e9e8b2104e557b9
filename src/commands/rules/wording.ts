import { subjectOfStream } from '../../../events/streams.js';
import type { Lifetime } from '../../../events/lifetime.js';

/** A stream's subject in a sentence's beginning: "Region 'zeeland'". */
export function called(stream: string): string {
  const subject = subjectOfStream(stream);
  if (!subject) return `Stream '${stream}'`;
  return `${subject.kind.slice(0, 1)}${subject.kind.slice(1).toLowerCase()} '${subject.key}'`;
}

/** "exists from 2018-06-01 until 2021-01-01". */
export function existsInWords({ registeredOn, retiredOn }: Lifetime): string {
  if (registeredOn === null) return 'has no registration that stands';
  return `exists from ${registeredOn}${retiredOn === null ? '' : ` until ${retiredOn}, when it no longer does`}`;
}

/** "1, 2, 3": what is accepted, cut off where it would fill a screen. */
export const listed = (names: readonly string[]): string =>
  names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');

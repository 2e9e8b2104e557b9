import { isInstant } from '../../events/formats.js';

/** What a question to the log is bounded by. A question that breaks these rules is a mistake in the program that asks it. */

/** @throws {RangeError} unless it is a whole number from 1 on. */
export function checkLimit(limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new RangeError(`A limit is a whole number from 1 on, not ${limit}.`);
}

/** @throws {RangeError} unless it is a whole number. */
export function checkBound(what: string, value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`'${what}' is a whole number, not ${value}.`);
}

/** Instants compare as text in this form only. @throws {RangeError} */
export function checkInstant(what: string, instant: string): void {
  if (!isInstant(instant))
    throw new RangeError(`'${what}' is an instant 'YYYY-MM-DDTHH:MM:SS.sssZ', not '${instant}'.`);
}

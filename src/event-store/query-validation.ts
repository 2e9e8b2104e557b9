import { isInstant } from '../../events/formats.js';
import type { EventQuery, EventStore } from './port.js';

/** Checks of the arguments of a read. An argument that fails them is a bug in the caller. */

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

/** The arguments of `find`. @throws {RangeError} */
export function checkPage(query: EventQuery, page: Parameters<EventStore['find']>[1]): void {
  checkBound('upToPosition', query.upToPosition);
  checkBound('afterPosition', query.afterPosition ?? 0);
  checkBound('after', page.after ?? 0);
  checkBound('before', page.before ?? 0);
  checkLimit(page.limit);
  if (query.recordedFrom !== undefined) checkInstant('recordedFrom', query.recordedFrom);
  if (query.recordedUntil !== undefined) checkInstant('recordedUntil', query.recordedUntil);
}

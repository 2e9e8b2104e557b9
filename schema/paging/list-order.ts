import { RequestError } from '../../src/time/request-error.js';
import type { CursorFrame } from './cursor.js';

/** How cursors carry the orders of a list. */
export interface OrderFormat<O> {
  print(order: O): string;
  parse(text: string): O;
}

/** The order of a list, also as its cursors carry it. */
export interface ListOrder<O> {
  readonly order: O;
  readonly text: string;
}

/**
 * The order of a list: the one asked for on a first page, the one of the cursor on the next ones.
 *
 * @param asked null: the request names no order
 * @param frame of the cursor; null on a first page
 * @throws {RequestError} when the order asked for is not the one that the cursor began with
 */
export function orderOfList<O>(
  asked: O | null,
  fallback: O,
  format: OrderFormat<O>,
  frame: CursorFrame | null,
): ListOrder<O> {
  if (!frame) {
    const order = asked ?? fallback;
    return { order, text: format.print(order) };
  }
  if (asked !== null && format.print(asked) !== frame.order) {
    throw new RequestError(
      'INVALID_CURSOR',
      'orderBy',
      'The cursor goes on in the order of its first page. Leave out orderBy, or give the same one.',
    );
  }
  return { order: asked ?? format.parse(frame.order), text: frame.order };
}

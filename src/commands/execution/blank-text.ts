import type { Json } from '../../../events/envelope.js';

/** A letter, a digit, a mark or a sign: something that a reader sees. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * The path of the first text that shows nothing; null where all show something. A blank reason is no reason, and a blank name
 * no name. It is for decisions and not for schemas: what a log holds already stays readable, whatever it is.
 */
export function blankText(data: Json, path: readonly string[] = []): readonly string[] | null {
  if (typeof data === 'string') return visible.test(data) ? null : path;
  if (data === null || typeof data !== 'object') return null;
  for (const [key, item] of Object.entries(data)) {
    const blank = blankText(item, [...path, key]);
    if (blank) return blank;
  }
  return null;
}

import { resolve } from 'node:path';
import { redactPasswords } from '../config/setting.js';
import { ExpectedError } from '../../events/errors/expected-error.js';

/**
 * Parses an option that is a URL. Commander's own parser would repeat the text in its error, and with it a password.
 * @throws {ExpectedError} without the password
 */
export function parseUrlOption<T>(
  option: string,
  text: string,
  parse: (text: string) => T | undefined,
  accepts: string,
): T {
  const url = parse(text);
  if (url !== undefined) return url;
  throw new ExpectedError(`${option} is ${redactPasswords(text)}; it accepts ${accepts}.`);
}

/** Two places are the same when they have the same key. */
export const placeKeyOf = (
  url: { readonly engine: 'sqlite'; readonly path: string } | { readonly engine: string; readonly url: string },
): string => ('path' in url ? resolve(url.path) : url.url);

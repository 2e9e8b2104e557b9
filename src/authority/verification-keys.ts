import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import { keysInFile } from './verification-key-file.js';
import type { KeySource } from './key-source.js';

/** The keys cannot be read or fetched. Neither the token nor its sender is at fault. */
class KeysUnavailableError extends PeildatumError {
  readonly code = 'KEYS_UNAVAILABLE';
}

/** The shortest time between two fetches for an unknown key, so that made-up keys do not cost a fetch each. */
const FETCH_COOLDOWN_MS = 5_000;

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/**
 * Finds the key that a token names, in the current key set. A fetched set is kept for ten minutes, and fetched again for a key
 * that is not in it. A set in a file is read again when the file has changed.
 * @throws {KeysUnavailableError} when the set cannot be had.
 */
export function keysFrom(source: KeySource): JWTVerifyGetKey {
  const find: JWTVerifyGetKey =
    source.kind === 'URL'
      ? createRemoteJWKSet(new URL(source.url), { cooldownDuration: FETCH_COOLDOWN_MS })
      : keysInFile(source.path);
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      throw new KeysUnavailableError('The keys that tokens are verified with cannot be had.', { cause: error });
    }
  };
}

import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import { keysInFile } from './key-file.js';
import type { KeySource } from './key-source.js';

/** The keys cannot be had: no fault of the token that was to be verified, nor of whoever sent it. */
class KeysUnavailableError extends PeildatumError {
  readonly code = 'KEYS_UNAVAILABLE';
}

/** How long to wait before an unknown key has the set fetched again, in milliseconds: made-up keys must not cost a fetch each. */
const COOLDOWN = 5_000;

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/**
 * Finds the key that a token says it was signed with, in the set as it is now: a set that is fetched is kept for ten minutes
 * and fetched again for a key that is not in it, one in a file is read again when the file has changed.
 * @throws {KeysUnavailableError} when the set cannot be had.
 */
export function keysFrom(source: KeySource): JWTVerifyGetKey {
  const find: JWTVerifyGetKey =
    source.kind === 'URL'
      ? createRemoteJWKSet(new URL(source.url), { cooldownDuration: COOLDOWN })
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

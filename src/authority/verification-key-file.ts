import { readFile, stat } from 'node:fs/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, type LocalJWKSet } from 'jose';
import { ExpectedError } from '../../events/errors/expected-error.js';

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a directory',
};

const unusable = (path: string, error: unknown): ExpectedError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const what = problems[code] ?? 'is not a JSON Web Key Set';
  const message = `'${path}' ${what}. Set AUTH_JWKS to the file, or the URL, of the public keys that tokens are verified with.`;
  return new ExpectedError(message, { cause: error });
};

/** A set of public keys that holds a secret is a mistake, and the secret must not be used further. */
function refuseSecrets(path: string, { keys }: JSONWebKeySet): void {
  if (!keys.some((key) => 'd' in key || key.kty === 'oct')) return;
  throw new ExpectedError(
    `'${path}' holds a private or secret key. Tokens are verified with public keys: give only those.`,
  );
}

/** Reads a set of public keys. @throws {ExpectedError} when the file holds none. */
export async function readKeyFile(path: string): Promise<LocalJWKSet> {
  try {
    const set = JSON.parse(await readFile(path, 'utf8')) as JSONWebKeySet;
    const find = createLocalJWKSet(set);
    refuseSecrets(path, set);
    return find;
  } catch (error) {
    throw error instanceof ExpectedError ? error : unusable(path, error);
  }
}

/** Finds keys in the current content of a file. The file is read again when it has changed, and before a key counts as missing. */
export function keysInFile(path: string): JWTVerifyGetKey {
  let read: { readonly version: string; readonly find: LocalJWKSet } | undefined;

  const current = async (again: boolean): Promise<LocalJWKSet> => {
    const { mtimeMs, size, ino } = await stat(path);
    const version = `${mtimeMs} ${size} ${ino}`;
    if (again || read?.version !== version) read = { version, find: await readKeyFile(path) };
    return read.find;
  };

  return async (header, token) => {
    try {
      return await (
        await current(false)
      )(header, token);
    } catch (error) {
      // Two changes within the resolution of the file system's clock look like one.
      if (error instanceof errors.JWKSNoMatchingKey) return (await current(true))(header, token);
      throw error;
    }
  };
}

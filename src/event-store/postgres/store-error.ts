import { messageOf, serverProblemOf, type ServerProblem } from '../../postgres/server-errors.js';
import { StoreUnusableError } from '../errors.js';

const remedies: Readonly<Record<ServerProblem, readonly [StoreUnusableError['code'], string]>> = {
  UNREACHABLE: ['UNREACHABLE', 'cannot be reached. Start its server, or correct EVENT_STORE_URL'],
  MISSING_RIGHTS: ['NOT_WRITABLE', 'may not be used by this user. Grant what is missing (docs/postgresql.md lists it)'],
  ACCESS_DENIED: ['REFUSED', 'cannot be entered. Correct the user, the password or the database in EVENT_STORE_URL'],
  HANDSHAKE_FAILED: ['REFUSED', 'cannot be entered. Correct the password or sslmode in EVENT_STORE_URL'],
  READ_ONLY: [
    'NOT_WRITABLE',
    'is read-only, as on a server that follows another. Name the server that takes writes in EVENT_STORE_URL',
  ],
  DISK_FULL: [
    'NOT_WRITABLE',
    'cannot grow: the disk of the server is full. Nothing was appended. Make room and try again',
  ],
  LOCK_TIMEOUT: [
    'NOT_WRITABLE',
    'is kept locked by another process. Nothing was appended. Wait for that process or stop it, and try again',
  ],
  MISSING_TABLES: ['CORRUPT', 'is damaged: a part of its tables is gone. Restore a backup'],
  DAMAGED_FILES: ['CORRUPT', 'is damaged: the server cannot read its own files. Restore a backup'],
  UNREADABLE_CERTIFICATES: ['REFUSED', 'cannot be entered without the certificates that its URL names'],
  UNTRUSTED: ['REFUSED', 'cannot be trusted. Correct sslmode and sslrootcert in EVENT_STORE_URL'],
};

/** A StoreUnusableError that names the log and a remedy. An error that is not the server's is returned as it is. */
export function toStoreError(place: string, error: unknown): unknown {
  const problem = error instanceof StoreUnusableError ? null : serverProblemOf(error);
  if (problem === null) return error;
  const [code, text] = remedies[problem];
  return new StoreUnusableError(code, `The log at ${place} ${text}: ${messageOf(error)}.`, { cause: error });
}

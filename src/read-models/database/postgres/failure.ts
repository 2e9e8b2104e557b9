import { messageOf, serverProblemOf, type ServerProblem } from '../../../postgres/server-errors.js';
import { ReadDatabaseUnusableError } from '../errors.js';

const grantAdvice = 'Grant what is missing (docs/postgresql.md lists it)';

/** The remedy for any damage. */
const rebuildAdvice = 'Drop its schema: the read models are rebuilt from the log at the next start';

const remedies: Readonly<Record<ServerProblem, readonly [ReadDatabaseUnusableError['code'], string]>> = {
  UNREACHABLE: ['UNREACHABLE', 'cannot be reached. Start its server, or correct READ_DATABASE_URL'],
  MISSING_RIGHTS: ['NOT_WRITABLE', `may not be used by this user. ${grantAdvice}`],
  ACCESS_DENIED: ['REFUSED', 'cannot be entered. Correct the user, the password or the database in READ_DATABASE_URL'],
  HANDSHAKE_FAILED: ['REFUSED', 'cannot be entered. Correct the password or sslmode in READ_DATABASE_URL'],
  READ_ONLY: [
    'NOT_WRITABLE',
    'is read-only, as on a server that follows another. Name the server that takes writes in READ_DATABASE_URL',
  ],
  DISK_FULL: ['NOT_WRITABLE', 'cannot grow: the disk of the server is full. Make room; nothing is lost'],
  LOCK_TIMEOUT: ['NOT_WRITABLE', 'is kept locked by another process. Wait for that process or stop it, and try again'],
  MISSING_TABLES: ['CORRUPT', `is damaged: a part of its tables is gone. ${rebuildAdvice}`],
  DAMAGED_FILES: ['CORRUPT', `is damaged: the server cannot read its own files. ${rebuildAdvice}`],
  UNREADABLE_CERTIFICATES: ['REFUSED', 'cannot be entered without the certificates that its URL names'],
  UNTRUSTED: ['REFUSED', 'cannot be trusted. Correct sslmode and sslrootcert in READ_DATABASE_URL'],
};

/** A known failure of the server as an error that names the place and the remedy; any other error as it is. */
export function toReadDatabaseError(place: string, error: unknown): unknown {
  const problem = error instanceof ReadDatabaseUnusableError ? null : serverProblemOf(error);
  if (problem === null) return error;
  const [code, text] = remedies[problem];
  return new ReadDatabaseUnusableError(code, `The read database at ${place} ${text}: ${messageOf(error)}.`, {
    cause: error,
  });
}

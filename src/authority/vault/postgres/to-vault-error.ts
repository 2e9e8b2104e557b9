import { ExpectedError } from '../../../../events/errors/expected-error.js';
import { isRefusedData, messageOf, serverProblemOf, type ServerProblem } from '../../../postgres/server-errors.js';

const remedies: Readonly<Record<ServerProblem, string>> = {
  UNREACHABLE: 'cannot be reached. Start its server, or correct VAULT_URL',
  MISSING_RIGHTS: 'may not be used by this user. Grant what is missing (docs/postgresql.md lists it)',
  ACCESS_DENIED: 'cannot be entered. Correct the user, the password or the database in VAULT_URL',
  HANDSHAKE_FAILED: 'cannot be entered. Correct the password or sslmode in VAULT_URL',
  READ_ONLY: 'is read-only, as on a server that follows another. Name the server that takes writes in VAULT_URL',
  DISK_FULL: 'cannot grow: the disk of the server is full. Make room and try again',
  LOCK_TIMEOUT: 'is kept locked by another process. Wait for that process or stop it, and try again',
  MISSING_TABLES: 'is damaged: a part of its tables is gone. Restore a backup',
  DAMAGED_FILES: 'is damaged: the server cannot read its own files. Restore a backup',
  UNREADABLE_CERTIFICATES: 'cannot be entered without the certificates that its URL names',
  UNTRUSTED: 'cannot be trusted. Correct sslmode and sslrootcert in VAULT_URL',
};

/** Turns a failure of the server into an ExpectedError with the place and the remedy. Any other error is returned as it is. */
export function toVaultError(place: string, error: unknown): unknown {
  if (error instanceof ExpectedError) return error;
  const problem = serverProblemOf(error);
  if (problem !== null) {
    return new ExpectedError(`The vault at ${place} ${remedies[problem]}: ${messageOf(error)}.`, { cause: error });
  }
  // The server's message about refused data contains the rows, and so names that must not get into the program's log.
  return isRefusedData(error) ? new Error(`The vault at ${place} refuses what was to be entered.`) : error;
}

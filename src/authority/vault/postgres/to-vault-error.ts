import { ExpectedError } from '../../../../events/errors/expected-error.js';
import { isRefusedData, messageOf, serverProblemOf, type ServerProblem } from '../../../postgres/server-errors.js';

const remedies: Readonly<Record<ServerProblem, string>> = {
  AWAY: 'cannot be reached. Start its server, or correct VAULT_URL',
  NO_RIGHTS: 'may not be used by this user. Grant what is missing (docs/postgresql.md lists it)',
  NOT_LET_IN: 'cannot be entered. Correct the user, the password or the database in VAULT_URL',
  NO_HANDSHAKE: 'cannot be entered. Correct the password or sslmode in VAULT_URL',
  READ_ONLY: 'is read-only, as on a server that follows another. Name the server that takes writes in VAULT_URL',
  DISK_FULL: 'cannot grow: the disk of the server is full. Make room and try again',
  LOCKED: 'is kept locked by another process. Wait for that process or stop it, and try again',
  TABLES_GONE: 'is damaged: a part of its tables is gone. Restore a backup',
  FILES_DAMAGED: 'is damaged: the server cannot read its own files. Restore a backup',
  NO_CERTIFICATES: 'cannot be entered without the certificates that its URL names',
  NOT_TRUSTED: 'cannot be trusted. Correct sslmode and sslrootcert in VAULT_URL',
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

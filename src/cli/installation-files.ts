import { copyFileSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { keyFilesIn } from '../authority/signing-key.js';
import { vaultFaults } from '../authority/vault/sqlite/vault-faults.js';
import type { BackupPart } from '../backup/backup-part.js';
import type { PartName } from '../backup/manifest.js';
import type { Config } from '../config/config.js';
import { verifyLogFile } from '../event-store/sqlite/verify-log-file.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { copyDatabase } from '../files/database-copy.js';
import { syncPath } from '../files/durable-file.js';
import { checkpointKeyFilesOf } from '../proofs/checkpoints/checkpoint-keys.js';

/** The settings that say where an installation has its files. */
type FileSettings = Pick<
  Config,
  'dataDir' | 'eventStoreUrl' | 'readDatabaseUrl' | 'vaultUrl' | 'logOrigin' | 'checkpointKey'
>;

const PRIVATE_MODE = 0o600;
const PUBLIC_MODE = 0o644;

/** @throws {ExpectedError} when the log is on a server, which has backups of its own that can go back to any moment */
function logFileOf({ eventStoreUrl }: FileSettings): string {
  if (eventStoreUrl.engine === 'sqlite') return eventStoreUrl.path;
  throw new ExpectedError(
    'The log is on a server, and the tools of that server make its backups (docs/postgresql.md). To copy the log alone into ' +
      'a file, use peildatum export or peildatum copy.',
  );
}

function logPart(settings: FileSettings): BackupPart {
  const path = resolve(logFileOf(settings));
  return {
    name: 'events.db',
    path,
    mode: PUBLIC_MODE,
    copy: (to) => copyDatabase(path, to),
    async verify(file, onVerified) {
      const report = await verifyLogFile(file, { onProgress: onVerified });
      return { problems: report.problems, log: report };
    },
  };
}

/** No part when the vault is on a server. */
function vaultParts({ vaultUrl }: FileSettings): BackupPart[] {
  if (vaultUrl.engine !== 'sqlite') return [];
  const path = resolve(vaultUrl.path);
  return [
    {
      name: 'vault.db',
      path,
      mode: PRIVATE_MODE,
      copy: (to) => copyDatabase(path, to),
      verify: async (file) => ({ problems: vaultFaults(file) }),
    },
  ];
}

function keyPart(name: PartName & `keys/${string}`, path: string, mode: number): BackupPart {
  return {
    name,
    path: resolve(path),
    mode,
    // A plain copy is consistent: key files are replaced as a whole and never written in place.
    copy(to) {
      copyFileSync(path, to, constants.COPYFILE_EXCL);
      syncPath(to);
    },
    verify: async () => ({ problems: [] }),
  };
}

/**
 * The files of an installation that a backup holds, in the order in which they are copied. The log is copied before the vault,
 * so that the copied vault knows every person whom the copied log names, and every erasure in it. The private keys of tokens
 * and checkpoints are parts only on request, and a checkpoint key only when it is this installation's own.
 */
export function backupParts(settings: FileSettings, withPrivateKeys: boolean): BackupPart[] {
  const tokenKeys = keyFilesIn(settings.dataDir);
  const checkpointKeys = checkpointKeyFilesOf(settings);
  const keys = [
    keyPart('keys/jwks.json', tokenKeys.published, PUBLIC_MODE),
    keyPart('keys/checkpoint.vkey', checkpointKeys.verifierFile, PUBLIC_MODE),
  ];
  if (withPrivateKeys) {
    keys.push(keyPart('keys/signing.json', tokenKeys.signing, PRIVATE_MODE));
    if (checkpointKeys.generatesMissingKey) {
      keys.push(keyPart('keys/checkpoint.key', checkpointKeys.signerFile, PRIVATE_MODE));
    }
  }
  return [logPart(settings), ...vaultParts(settings), ...keys];
}

/**
 * The paths that must not exist when a log is restored: files of another log, and read models of another log. Read models on
 * a server may stay, because the next start detects that they belong to another log and builds them anew.
 */
export const conflictingPaths = (settings: FileSettings): string[] => {
  const databases = [settings.readDatabaseUrl, settings.vaultUrl].flatMap((url) =>
    url.engine === 'sqlite' ? [url.path] : [],
  );
  return [logFileOf(settings), ...databases]
    .flatMap((path) => [path, `${path}-wal`, `${path}-shm`, `${path}-journal`])
    .map((path) => resolve(path));
};

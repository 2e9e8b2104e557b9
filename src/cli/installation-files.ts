import { copyFileSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { keyFilesIn } from '../authority/signing-key.js';
import { vaultFaults } from '../authority/vault/sqlite/vault-faults.js';
import type { PartName } from '../backup/manifest.js';
import type { Part } from '../backup/backup-part.js';
import { checkpointKeyFilesOf } from '../proofs/checkpoints/checkpoint-keys.js';
import type { Config } from '../config/config.js';
import { copyDatabase } from '../files/database-copy.js';
import { syncPath } from '../files/durable-file.js';
import { verifyLogFile } from '../event-store/sqlite/verify.js';
import { ExpectedError } from '../../events/errors/expected-error.js';

type Places = Pick<
  Config,
  'dataDir' | 'eventStoreUrl' | 'readDatabaseUrl' | 'vaultUrl' | 'logOrigin' | 'checkpointKey'
>;

/** Servers have backups of their own, which also go back to any moment. @throws {ExpectedError} */
function fileOf({ eventStoreUrl }: Places): string {
  if (eventStoreUrl.engine === 'sqlite') return eventStoreUrl.path;
  throw new ExpectedError(
    'The log is on a server, whose own tools make its backups (docs/postgresql.md). Of it alone, peildatum export or ' +
      'peildatum copy makes one in a file.',
  );
}

function log(places: Places): Part {
  const path = resolve(fileOf(places));
  return {
    name: 'events.db',
    path,
    mode: 0o644,
    copy: (to) => copyDatabase(path, to),
    async verify(file, onVerified) {
      const report = await verifyLogFile(file, { onProgress: onVerified });
      return { problems: report.problems, log: report };
    },
  };
}

/** None where the vault is on a server. */
function vault({ vaultUrl }: Places): Part[] {
  if (vaultUrl.engine !== 'sqlite') return [];
  const path = resolve(vaultUrl.path);
  return [
    {
      name: 'vault.db',
      path,
      mode: 0o600,
      copy: (to) => copyDatabase(path, to),
      verify: async (file) => ({ problems: vaultFaults(file) }),
    },
  ];
}

function key(name: PartName & `keys/${string}`, path: string, mode: number): Part {
  return {
    name,
    path: resolve(path),
    mode,
    // Whoever changes such a file puts a whole one in its place.
    copy(to) {
      copyFileSync(path, to, constants.COPYFILE_EXCL);
      syncPath(to);
    },
    verify: async () => ({ problems: [] }),
  };
}

/**
 * The files of an installation, in the order in which they are copied. The log comes before the vault: whoever the log names
 * is then in the vault, and whoever it says was erased is erased there. The private keys that tokens and checkpoints are
 * signed with are parts only where they are asked for, and where they are this installation's own.
 */
export function installationFiles(places: Places, withPrivateKeys: boolean): Part[] {
  const tokens = keyFilesIn(places.dataDir);
  const checkpoints = checkpointKeyFilesOf(places);
  const keys = [
    key('keys/jwks.json', tokens.published, 0o644),
    key('keys/checkpoint.vkey', checkpoints.verifierFile, 0o644),
  ];
  if (withPrivateKeys) {
    keys.push(key('keys/signing.json', tokens.signing, 0o600));
    if (checkpoints.generatesMissingKey) keys.push(key('keys/checkpoint.key', checkpoints.signerFile, 0o600));
  }
  return [log(places), ...vault(places), ...keys];
}

/**
 * What must not lie beside a log that is restored: rests of another log, and read models that were made from one. Read models
 * on a server may stay: the next start finds out what they were made from, and builds them anew.
 */
export const conflictingPaths = (places: Places): string[] => {
  const besides = [places.readDatabaseUrl, places.vaultUrl].flatMap((url) =>
    url.engine === 'sqlite' ? [url.path] : [],
  );
  return [fileOf(places), ...besides]
    .flatMap((path) => [path, `${path}-wal`, `${path}-shm`, `${path}-journal`])
    .map((path) => resolve(path));
};

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openVault } from '../../authority/vault/open.js';
import { makeBackup } from '../../backup/make-backup.js';
import type { Manifest } from '../../backup/manifest.js';
import type { Config } from '../../config/config.js';
import { backupParts } from '../installation-files.js';
import { openExistingLog } from '../open-existing-log.js';
import type { RegisterCommand } from '../program.js';
import { withProgressBar } from '../progress-bar.js';

interface BackupCommandOptions {
  readonly out: string;
  readonly withKeys: boolean;
}

const VAULT_ON_SERVER =
  'The backup does not hold the vault: it is on a server, and the tools of that server make its backups (docs/postgresql.md).\n';

/** `peildatum backup`: copies the log and the files beside it as they are at one moment, while a server runs or not. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('backup')
    .description(
      'Copy the log, the vault and the public keys into a new directory, and verify the copy. A server may run.',
    )
    .requiredOption('--out <directory>', 'the directory to make; it exists once the backup is complete')
    .option(
      '--with-keys',
      'also copy the private keys that sign tokens and checkpoints: anybody who has them can act as any user',
      false,
    )
    .action(async ({ out, withKeys }: BackupCommandOptions) => {
      const settings = config();
      const parts = backupParts(settings, withKeys);
      const eventCount = await openStores(settings);
      const manifest = await withProgressBar(stderr, 'Verifying', (onProgress) =>
        makeBackup({ out, parts, onVerified: (verified) => onProgress(verified, Math.max(eventCount, verified)) }),
      );
      stdout.write(formatResult(out, manifest));
      if (settings.vaultUrl.engine !== 'sqlite') stdout.write(VAULT_ON_SERVER);
    });
};

/**
 * Opens and closes the log and the vault, as the server does: files of other programs are refused before they are read, and
 * the rests of a killed process are cleaned up. Returns the number of events.
 */
async function openStores(config: Config): Promise<number> {
  const log = await openExistingLog(config);
  try {
    const { vaultUrl } = config;
    if (vaultUrl.engine === 'sqlite' && existsSync(vaultUrl.path)) await (await openVault(vaultUrl)).close();
    return (await log.head()).position;
  } finally {
    await log.close();
  }
}

const BYTES_PER_MB = 1_000_000;

const megabytes = (bytes: number): string => (bytes / BYTES_PER_MB).toFixed(1);

function formatResult(out: string, { log, files }: Manifest): string {
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const events =
    log.recordedAt === null ? 'no events' : `events up to position ${log.position}, recorded at ${log.recordedAt}`;
  return `Backed up and verified ${events}: ${files.map(({ name }) => name).join(', ')}, ${megabytes(totalBytes)} MB, in ${resolve(out)}.\n`;
}

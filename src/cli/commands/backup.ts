import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openVault } from '../../authority/vault/open.js';
import { makeBackup } from '../../backup/make-backup.js';
import type { Manifest } from '../../backup/manifest.js';
import type { Config } from '../../config/config.js';
import { openExistingLog } from '../open-existing-log.js';
import { installationFiles } from '../installation-files.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';

interface BackupOptions {
  readonly out: string;
  readonly withKeys: boolean;
}

const VAULT_ELSEWHERE =
  'The vault is not in it: it is on a server, whose own tools make its backups (docs/postgresql.md).\n';

/** `peildatum backup`: the log and what is kept beside it, as they are at one moment, while a server runs or not. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('backup')
    .description(
      'Copy the log, the vault and the public keys into a new directory, and verify the copy. A server may run.',
    )
    .requiredOption('--out <directory>', 'the directory to make; it is there when the backup is whole')
    .option(
      '--with-keys',
      'the private keys that tokens and checkpoints are signed with too: whoever has them can be anybody',
      false,
    )
    .action(async ({ out, withKeys }: BackupOptions) => {
      const parts = installationFiles(config(), withKeys);
      const events = await openAll(config());
      const manifest = await withProgressBar(stderr, 'Verifying', (onProgress) =>
        makeBackup({ out, parts, onVerified: (verified) => onProgress(verified, Math.max(events, verified)) }),
      );
      stdout.write(tell(out, manifest));
      if (config().vaultUrl.engine !== 'sqlite') stdout.write(VAULT_ELSEWHERE);
    });
};

/**
 * Opens the log and the vault once, as the server would: a file that is not ours is refused before anything reads it, and
 * what a killed process left is put in order. Returns how many events there are.
 */
async function openAll(config: Config): Promise<number> {
  const log = await openExistingLog(config);
  try {
    const { vaultUrl } = config;
    if (vaultUrl.engine === 'sqlite' && existsSync(vaultUrl.path)) await (await openVault(vaultUrl)).close();
    return (await log.head()).position;
  } finally {
    await log.close();
  }
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

function tell(out: string, { log, files }: Manifest): string {
  const size = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const until =
    log.recordedAt === null ? 'no events' : `events up to position ${log.position}, recorded at ${log.recordedAt}`;
  return `Backed up and verified ${until}: ${files.map(({ name }) => name).join(', ')}, ${megabytes(size)} MB, in ${resolve(out)}.\n`;
}

import { resolve } from 'node:path';
import type { BackupPart } from '../../backup/backup-part.js';
import type { Manifest } from '../../backup/manifest.js';
import { restoreBackup } from '../../backup/restore-backup.js';
import { backupParts, conflictingPaths } from '../installation-files.js';
import { openExistingLog } from '../open-existing-log.js';
import type { RegisterCommand } from '../program.js';
import { withProgressBar } from '../progress-bar.js';

/** `peildatum restore`: restores a backup into an empty data directory. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('restore')
    .description('Verify a backup and restore it into an empty DATA_DIR. The next start builds the read models.')
    .requiredOption('--from <directory>', 'the directory of the backup')
    .action(async ({ from }: { from: string }) => {
      const settings = config();
      const dataDir = resolve(settings.dataDir);
      const parts = backupParts(settings, true);
      const manifest = await withProgressBar(stderr, 'Verifying', (onProgress) =>
        restoreBackup({ from, dataDir, parts, conflictingPaths: conflictingPaths(settings), onVerified: onProgress }),
      );
      // The server opens the log in the same way: a failure shows here and not at the next start.
      const log = await openExistingLog(settings);
      await log.close();
      stdout.write(formatResult(from, dataDir, manifest, parts));
    });
};

function formatResult(
  from: string,
  dataDir: string,
  { log, files, madeAt }: Manifest,
  parts: readonly BackupPart[],
): string {
  const inBackup: readonly string[] = files.map(({ name }) => name);
  const restored = inBackup.filter((name) => parts.some((part) => part.name === name));
  const leavesVault = inBackup.includes('vault.db') && !restored.includes('vault.db');
  const needsTokenKey = inBackup.includes('keys/jwks.json') && !inBackup.includes('keys/signing.json');
  const needsCheckpointKey = inBackup.includes('keys/checkpoint.vkey') && !inBackup.includes('keys/checkpoint.key');
  return (
    `Restored and verified ${restored.join(', ')} of ${madeAt} in ${dataDir}: the log ends at position ${log.position}.\n` +
    (leavesVault
      ? `The vault.db of the backup was not restored, because VAULT_URL names a server. To copy it there: peildatum copy-vault --from sqlite:${from}/vault.db.\n`
      : '') +
    (needsCheckpointKey
      ? 'The next start makes a new key that signs checkpoints. Send its public key to the people who verify them: peildatum checkpoint --keys.\n'
      : '') +
    (needsTokenKey
      ? 'The next start makes a new key that issues tokens. Tokens that were issued before stay valid.\n'
      : '')
  );
}

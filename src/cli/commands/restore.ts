import { resolve } from 'node:path';
import type { Manifest } from '../../backup/manifest.js';
import { restoreBackup } from '../../backup/restore-backup.js';
import { openExistingLog } from '../open-existing-log.js';
import type { Part } from '../../backup/backup-part.js';
import { conflictingPaths, installationFiles } from '../installation-files.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';

/** `peildatum restore`: a backup into an empty data directory. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('restore')
    .description('Verify a backup and restore it into an empty DATA_DIR. The next start builds the read models.')
    .requiredOption('--from <directory>', 'the directory that backup made')
    .action(async ({ from }: { from: string }) => {
      const dataDir = resolve(config().dataDir);
      const parts = installationFiles(config(), true);
      const others = conflictingPaths(config());
      const manifest = await withProgressBar(stderr, 'Verifying', (onProgress) =>
        restoreBackup({ from, dataDir, parts, others, onVerified: onProgress }),
      );
      // As the server will.
      const log = await openExistingLog(config());
      await log.close();
      stdout.write(tell(from, dataDir, manifest, parts));
    });
};

function tell(from: string, dataDir: string, { log, files, madeAt }: Manifest, parts: readonly Part[]): string {
  const held: readonly string[] = files.map(({ name }) => name);
  const restored = held.filter((name) => parts.some((part) => part.name === name));
  const vaultStays = held.includes('vault.db') && !restored.includes('vault.db');
  const newKey = held.includes('keys/jwks.json') && !held.includes('keys/signing.json');
  const needsNewCheckpointKey = held.includes('keys/checkpoint.vkey') && !held.includes('keys/checkpoint.key');
  return (
    `Restored and verified ${restored.join(', ')} of ${madeAt} in ${dataDir}: the log ends at position ${log.position}.\n` +
    (vaultStays
      ? `Its vault.db was not restored: VAULT_URL names a server. peildatum copy-vault --from sqlite:${from}/vault.db brings it there.\n`
      : '') +
    (needsNewCheckpointKey
      ? 'The next start makes a new key to sign checkpoints with; tell those who verify them: peildatum checkpoint --keys.\n'
      : '') +
    (newKey ? 'The next start makes a new key to issue tokens with; those that were issued before stay valid.\n' : '')
  );
}

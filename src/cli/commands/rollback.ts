import { rollback } from '../../read-models/rebuild/rollback.js';
import { withRebuildProgress } from '../rebuild-progress.js';
import type { RegisterCommand } from '../program.js';
import { withReadModels } from '../with-read-models.js';

/** `peildatum rollback`: switches back to the version of the read models before the live one. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('rollback')
    .description('Bring the previous version of the read models up to date and switch back to it.')
    .action(async () => {
      const { from, to, position } = await withReadModels(config(), (log, database) =>
        withRebuildProgress(stderr, (listeners) => rollback({ log, database, ...listeners })),
      );
      stdout.write(
        `Version ${to} is live again at position ${position}. Version ${from} is kept: rollback, or prune.\n`,
      );
    });
};

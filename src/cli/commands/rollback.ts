import { rollBack } from '../../read-models/rebuild/rollback.js';
import { withRebuildProgress } from '../rebuild-progress.js';
import type { RegisterCommand } from '../program.js';
import { withReadModels } from '../with-read-models.js';

/** `peildatum rollback`: the read models as they were before the last switch, brought up to date. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('rollback')
    .description('Let the version of the read models answer again that answered before, brought up to date first.')
    .action(async () => {
      const { from, to, position } = await withReadModels(config(), (log, database) =>
        withRebuildProgress(stderr, (listeners) => rollBack({ log, database, ...listeners })),
      );
      stdout.write(
        `Version ${to} is live again at position ${position}. Version ${from} is kept: rollback, or prune.\n`,
      );
    });
};

import { InvalidArgumentError } from 'commander';
import { prune } from '../../read-models/rebuild/prune.js';
import type { RegisterCommand } from '../program.js';
import { withReadDatabase } from '../with-read-models.js';

/** No request takes longer than this, so that none still uses the version. */
const OUT_OF_USE_SECONDS = 60;

/** `peildatum prune`: drops the versions of the read models that are no longer needed. */
export const register: RegisterCommand = (program, { config, stdout }) => {
  program
    .command('prune')
    .description('Drop the versions of the read models before the live one, and the rests of interrupted rebuilds.')
    .option(
      '--out-of-use <seconds>',
      'how long ago a version must have been live: requests finish on the version that they began with',
      parseSeconds,
      OUT_OF_USE_SECONDS,
    )
    .action(async ({ outOfUse }: { outOfUse: number }) => {
      const { dropped, kept } = await withReadDatabase(config(), (database) => prune(database, outOfUse));
      const lines = [
        ...dropped.map((version) => `Dropped version ${version}.`),
        ...kept.map(
          ({ version, seconds }) => `Kept version ${version}, which was live a moment ago; try again in ${seconds} s.`,
        ),
      ];
      stdout.write(lines.length === 0 ? 'There is nothing to drop.\n' : `${lines.join('\n')}\n`);
    });
};

function parseSeconds(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number of seconds.');
}

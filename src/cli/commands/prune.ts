import { InvalidArgumentError } from 'commander';
import { prune } from '../../read-models/rebuild/prune.js';
import type { RegisterCommand } from '../program.js';
import { withReadDatabase } from '../with-read-models.js';

/** How long a version must have been out of use, in seconds: no request takes as long. */
const OUT_OF_USE = 60;

/** `peildatum prune`: the versions of the read models that are not needed any more. */
export const register: RegisterCommand = (program, { config, stdout }) => {
  program
    .command('prune')
    .description(
      'Drop the versions of the read models that answered before the live one, and what an interrupted rebuild left.',
    )
    .option(
      '--out-of-use <seconds>',
      'for how long a version must not have been live any more: requests finish on the version that they began with',
      readSeconds,
      OUT_OF_USE,
    )
    .action(async ({ outOfUse }: { outOfUse: number }) => {
      const { dropped, kept } = await withReadDatabase(config(), (database) => prune(database, outOfUse));
      const lines = [
        ...dropped.map((version) => `Dropped version ${version}.`),
        ...kept.map(
          ({ version, seconds }) => `Kept version ${version}, which answered just now; try again in ${seconds} s.`,
        ),
      ];
      stdout.write(lines.length === 0 ? 'There is nothing to drop.\n' : `${lines.join('\n')}\n`);
    });
};

function readSeconds(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number of seconds.');
}

import cliProgress from 'cli-progress';
import { openEventStore } from '../event-store/open.js';
import { ExpectedError } from '../expected-error.js';
import { rebuild, type RebuildResult } from '../projector/rebuild.js';
import type { Difference } from '../projector/compare.js';
import { openReadDatabase } from '../read-database/open.js';
import type { RegisterCommand } from './program.js';

/** `peildatum rebuild`: the read models anew from the log, beside those that go on answering. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('rebuild')
    .description('Build the read models anew from the log, compare them with the present ones, and switch.')
    .option(
      '--accept-differences',
      'switch even where old and new differ, as they may after the folds were mended',
      false,
    )
    .action(async ({ acceptDifferences }: { acceptDifferences: boolean }) => {
      const { eventStoreUrl, readDatabaseUrl } = config();
      const log = await openEventStore(eventStoreUrl);
      try {
        const database = await openReadDatabase(readDatabaseUrl);
        try {
          const result = await withProgress(stderr.isTTY === true, (onProgress) =>
            rebuild({ log, database, acceptDifferences, onProgress }),
          );
          stdout.write(tell(result));
          if (!result.switched) throw new ExpectedError(refusal(result));
        } finally {
          await database.close();
        }
      } finally {
        await log.close();
      }
    });
};

type OnProgress = (position: number, of: number) => void;

/** A progress bar where somebody watches, silence elsewhere. */
async function withProgress<T>(watched: boolean, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  if (!watched) return work(() => {});
  const bar = new cliProgress.SingleBar(
    { format: 'Replaying {bar} {value}/{total} events, {eta} s left' },
    cliProgress.Presets.shades_classic,
  );
  bar.start(0, 0);
  try {
    return await work((position, of) => {
      bar.setTotal(of);
      bar.update(position);
    });
  } finally {
    bar.stop();
  }
}

const tell = ({ version, position, comparison, switched }: RebuildResult): string => {
  const compared =
    comparison === null
      ? 'The present version has other tables, so there was nothing to compare.'
      : `Compared with the present version: ${comparison.total === 0 ? 'no differences' : `${comparison.total} rows differ`}.`;
  const rows = comparison?.differences.map(describe) ?? [];
  const outcome = switched ? `Version ${version} is live at position ${position}.` : `Version ${version} was dropped.`;
  return `${[compared, ...rows, outcome].join('\n')}\n`;
};

const describe = ({ table, only, row }: Difference): string =>
  `  ${table}: only in the ${only === 'OLD' ? 'present' : 'new'} version: ${JSON.stringify(row)}`;

const refusal = ({ comparison }: RebuildResult): string =>
  `The read models built anew differ from the present ones in ${comparison?.total ?? 0} rows, and the present ones stay. ` +
  'Find out why; then switch with --accept-differences.';

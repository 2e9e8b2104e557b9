import { Option } from 'commander';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { abortRebuild } from '../../read-models/rebuild/abort.js';
import type { Difference } from '../../read-models/rebuild/compare-versions.js';
import { rebuild, type RebuildResult } from '../../read-models/rebuild/rebuild.js';
import { withRebuildProgress } from '../rebuild-progress.js';
import type { RegisterCommand } from '../program.js';
import { withReadDatabase, withReadModels } from '../with-read-models.js';

interface RebuildCommandOptions {
  readonly acceptDifferences: boolean;
  readonly abort?: boolean;
}

/** `peildatum rebuild`: builds new read models from the log while the present ones go on answering. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('rebuild')
    .description(
      'Build new read models from the log, compare them with the present ones, and switch. An interrupted rebuild is ' +
        'continued.',
    )
    .option(
      '--accept-differences',
      'switch even if the new read models differ, as they may after a projection was corrected',
      false,
    )
    .addOption(
      new Option('--abort', 'end a running or interrupted rebuild, and drop what it has built').conflicts(
        'acceptDifferences',
      ),
    )
    .action(async ({ acceptDifferences, abort }: RebuildCommandOptions) => {
      if (abort === true) {
        const dropped = await withReadDatabase(config(), abortRebuild);
        stdout.write(
          dropped.length === 0 ? 'Nothing is being rebuilt.\n' : `Aborted; dropped ${listVersions(dropped)}.\n`,
        );
        return;
      }
      const result = await withReadModels(config(), (log, database) =>
        withRebuildProgress(stderr, (listeners) => rebuild({ log, database, acceptDifferences, ...listeners })),
      );
      stdout.write(formatResult(result));
      if (!result.switched) throw new ExpectedError(refusalMessage(result));
    });
};

const listVersions = (versions: readonly number[]): string =>
  `version${versions.length === 1 ? '' : 's'} ${versions.join(', ')}`;

const formatResult = (result: RebuildResult): string => {
  const { version, previous, position, resumedAt, comparison, switched } = result;
  const resumed = resumedAt > 0 ? [`Continued version ${version} from position ${resumedAt}.`] : [];
  const compared =
    comparison === null
      ? 'There was nothing to compare with.'
      : `Compared with version ${previous}: ${comparison.total === 0 ? 'no differences' : `${comparison.total} rows differ`}.`;
  const rows = comparison?.differences.map(formatDifference) ?? [];
  const outcome = switched
    ? `Version ${version} is live at position ${position}. Version ${previous} is kept for a way back: rollback, or prune.`
    : `Version ${version} was dropped.`;
  return `${[...resumed, compared, ...rows, outcome].join('\n')}\n`;
};

const formatDifference = ({ table, only, row }: Difference): string =>
  `  ${table}: only in the ${only === 'OLD' ? 'present' : 'new'} version: ${JSON.stringify(row)}`;

const refusalMessage = ({ comparison }: RebuildResult): string =>
  `The new read models differ from the present ones in ${comparison?.total ?? 0} rows, so the present ones stay. ` +
  'Find out why; then switch with --accept-differences.';

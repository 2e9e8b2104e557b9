import { logUrl } from '../../config/parsers.js';
import { settings } from '../../config/settings.js';
import { copyLog, type Copied } from '../../event-store/copy-log.js';
import { openEventStore } from '../../event-store/open.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';
import { parseUrlOption, placeKeyOf } from '../url-option.js';

interface CopyOptions {
  readonly from: string;
  readonly to: string;
}

/** `peildatum copy`: copies a log to another engine or place, with its positions and times. */
export const register: RegisterCommand = (program, { stdout, stderr }) => {
  program
    .command('copy')
    .description(
      'Copy a log to another place or engine and compare every event. An interrupted copy continues where it ended.',
    )
    .requiredOption('--from <url>', 'the log to copy, in the form of EVENT_STORE_URL; it is not changed')
    .requiredOption(
      '--to <url>',
      'the log to copy to: an empty one, or one that holds the first events of the same log',
    )
    .action(async (options: CopyOptions) => {
      const [from, to] = [
        parseUrlOption('--from', options.from, logUrl, settings.eventStoreUrl.accepts),
        parseUrlOption('--to', options.to, logUrl, settings.eventStoreUrl.accepts),
      ];
      if (placeKeyOf(from) === placeKeyOf(to)) throw new ExpectedError('--from and --to name the same log.');
      const source = await openEventStore(from, { existing: true });
      try {
        const target = await openEventStore(to);
        try {
          const copied = await withProgressBar(stderr, 'Copying', (onProgress) =>
            copyLog({ source, target, onProgress }),
          );
          stdout.write(formatResult(copied));
        } finally {
          await target.close();
        }
      } finally {
        await source.close();
      }
    });
};

const eventCount = (count: number): string => (count === 1 ? '1 event' : `${count} events`);

function formatResult({ present, copied }: Copied): string {
  const alreadyThere =
    present === 0 ? '' : ` ${eventCount(present)} of it ${present === 1 ? 'was' : 'were'} there already.`;
  if (present + copied === 0) return 'There is nothing to copy: the log is empty.\n';
  return `Copied and compared ${eventCount(copied)}; both logs end at position ${present + copied}.${alreadyThere}\n`;
}

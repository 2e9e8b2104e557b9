import { resolve } from 'node:path';
import { logUrl, type LogUrl } from '../../config/parsers.js';
import { presentable } from '../../config/setting.js';
import { settings } from '../../config/settings.js';
import { copyLog, type Copied } from '../../event-store/copy.js';
import { openEventStore } from '../../event-store/open.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';

interface CopyOptions {
  readonly from: string;
  readonly to: string;
}

/** `peildatum copy`: the log of one engine into another, with the positions and times that it has. */
export const register: RegisterCommand = (program, { stdout, stderr }) => {
  program
    .command('copy')
    .description(
      'Copy a log to another place or engine, event by event, each compared. What broke off goes on where it was.',
    )
    .requiredOption('--from <url>', 'the log to copy, which stays as it is, in the form of EVENT_STORE_URL')
    .requiredOption('--to <url>', 'where to: an empty log, or one that holds the beginning of the same')
    .action(async (options: CopyOptions) => {
      const [from, to] = [readUrl('--from', options.from), readUrl('--to', options.to)];
      if (keyOf(from) === keyOf(to)) throw new ExpectedError('--from and --to name the same log.');
      const source = await openEventStore(from, { existing: true });
      try {
        const target = await openEventStore(to);
        try {
          const copied = await withProgressBar(stderr, 'Copying', (onProgress) =>
            copyLog({ source, target, onProgress }),
          );
          stdout.write(tell(copied));
        } finally {
          await target.close();
        }
      } finally {
        await source.close();
      }
    });
};

/** Not by the parser of options: that would repeat a password when it refuses a URL. */
function readUrl(option: string, text: string): LogUrl {
  const url = logUrl(text);
  if (url !== undefined) return url;
  throw new ExpectedError(`${option} is ${presentable(text)}; it accepts ${settings.eventStoreUrl.accepts}.`);
}

const keyOf = (url: LogUrl): string => (url.engine === 'sqlite' ? resolve(url.path) : url.url);

const events = (count: number): string => (count === 1 ? '1 event' : `${count} events`);

function tell({ present, copied }: Copied): string {
  const held = present === 0 ? '' : ` ${events(present)} of it ${present === 1 ? 'was' : 'were'} there already.`;
  if (present + copied === 0) return 'There is nothing to copy: the log is empty.\n';
  return `Copied and compared ${events(copied)}; both logs end at position ${present + copied}.${held}\n`;
}

import { openEventStore } from '../../event-store/open.js';
import type { LoadResult } from '../../event-store/port.js';
import { loadFile } from '../../log-format/load-file.js';
import type { RegisterCommand } from '../program.js';
import { withFileProgressBar } from '../progress-bar.js';

/** `peildatum load <file>`: loads a history from a file into the log. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('load')
    .description(
      'Load a history into the log, all of it or nothing. Loading a file again loads its new events only. Events without a ' +
        'time are recorded now.',
    )
    .argument('<file>', 'CloudEvents 1.0 in JSON, one event a line (NDJSON)')
    .action(async (file: string) => {
      const log = await openEventStore(config().eventStoreUrl);
      try {
        const result = await withFileProgressBar(stderr, 'Loading', file, (onProgress) =>
          loadFile({ file, log, onProgress }),
        );
        stdout.write(`${formatResult(file, result)}\n`);
      } finally {
        await log.close();
      }
    });
};

const eventCount = (count: number): string => (count === 1 ? '1 event' : `${count} events`);

function formatResult(file: string, { loaded, present }: LoadResult): string {
  if (loaded === 0 && present === 0) return `${file} holds no events; nothing was loaded.`;
  if (loaded === 0) return `The log holds everything in ${file} already (${eventCount(present)}); nothing was loaded.`;
  return `Loaded ${eventCount(loaded)} from ${file}${present === 0 ? '' : `; the log held ${eventCount(present)} of it already`}.`;
}

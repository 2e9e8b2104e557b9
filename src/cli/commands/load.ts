import { stat } from 'node:fs/promises';
import cliProgress from 'cli-progress';
import { openEventStore } from '../../event-store/open.js';
import type { LoadResult } from '../../event-store/port.js';
import { loadFile } from '../../log-format/load-file.js';
import type { RegisterCommand } from '../program.js';

/** `peildatum load <file>`: a history from a file into the log. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('load')
    .description(
      'Load a history into the log, all of it or nothing. Loading it again loads what is new in it. Events that state no ' +
        'time are recorded now.',
    )
    .argument('<file>', 'events in the JSON form of CloudEvents 1.0, one a line (NDJSON)')
    .action(async (file: string) => {
      const log = await openEventStore(config().eventStoreUrl);
      try {
        const result = await withProgressBar(stderr.isTTY === true, file, (onProgress) =>
          loadFile({ file, log, onProgress }),
        );
        stdout.write(`${tell(file, result)}\n`);
      } finally {
        await log.close();
      }
    });
};

const MEGABYTE = 1_000_000;
const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);

/** A progress bar where somebody watches, silence elsewhere. */
async function withProgressBar<T>(
  watched: boolean,
  file: string,
  work: (onProgress: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  // A file that cannot be looked at cannot be read either: the load says so.
  const size = watched
    ? await stat(file).then(
        (found) => found.size,
        () => 0,
      )
    : 0;
  if (size === 0) return work(() => {});
  const format = `Loading {bar} {done}/${megabytes(size)} MB, {eta} s left`;
  const bar = new cliProgress.SingleBar({ format }, cliProgress.Presets.shades_classic);
  bar.start(size, 0, { done: megabytes(0) });
  try {
    return await work((bytes) => bar.update(bytes, { done: megabytes(bytes) }));
  } finally {
    bar.stop();
  }
}

const events = (count: number): string => (count === 1 ? '1 event' : `${count} events`);

function tell(file: string, { loaded, present }: LoadResult): string {
  if (loaded === 0 && present === 0) return `${file} holds no events; nothing was loaded.`;
  if (loaded === 0) return `The log holds everything in ${file} already (${events(present)}); nothing was loaded.`;
  return `Loaded ${events(loaded)} from ${file}${present === 0 ? '' : `; the log held ${events(present)} of it already`}.`;
}

import cliProgress from 'cli-progress';
import type { ImportSheetOptions } from '../import/statuses/import-sheet.js';
import type { Output } from './process-io.js';
import { fileSizeOf } from './progress-bar.js';

type ImportListeners = Pick<ImportSheetOptions, 'onRead' | 'onDecided'>;

/** Shows how far an import has read the file and decided on the statements, on a terminal only. */
export async function withImportProgress<T>(
  { isTTY }: Output,
  file: string,
  work: (listeners: ImportListeners) => Promise<T>,
): Promise<T> {
  const size = isTTY === true ? await fileSizeOf(file) : 0;
  if (size === 0) return work({});
  const bars = new cliProgress.MultiBar({ clearOnComplete: false }, cliProgress.Presets.shades_classic);
  const reading = bars.create(size, 0, {}, { format: 'Reading  {bar} {percentage}%' });
  let deciding: cliProgress.SingleBar | null = null;
  try {
    return await work({
      onRead: (bytes) => reading.update(bytes),
      onDecided: (rows, of) => {
        reading.update(size);
        deciding ??= bars.create(of, 0, {}, { format: 'Deciding {bar} {value}/{total} statements, {eta} s left' });
        deciding.update(rows);
      },
    });
  } finally {
    bars.stop();
  }
}

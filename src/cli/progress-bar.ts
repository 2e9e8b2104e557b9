import { stat } from 'node:fs/promises';
import cliProgress from 'cli-progress';
import type { Output } from './process-io.js';

export type OnProgress = (done: number, total: number) => void;

/** Shows the number of processed events while the work runs, on a terminal only. */
export async function withProgressBar<T>(
  { isTTY }: Output,
  verb: string,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  if (isTTY !== true) return work(() => {});
  const format = `${verb} {bar} {value}/{total} events, {eta} s left`;
  const bar = new cliProgress.SingleBar({ format }, cliProgress.Presets.shades_classic);
  bar.start(0, 0);
  try {
    return await work((done, total) => {
      bar.setTotal(total);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}

const BYTES_PER_MB = 1_000_000;

const megabytes = (bytes: number): string => (bytes / BYTES_PER_MB).toFixed(1);

/** The size of a file in bytes; 0 when it cannot be read, which the work itself reports. */
export const fileSizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** Shows how much of a file was read while the work runs, on a terminal only. */
export async function withFileProgressBar<T>(
  { isTTY }: Output,
  verb: string,
  file: string,
  work: (onProgress: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  const size = isTTY === true ? await fileSizeOf(file) : 0;
  if (size === 0) return work(() => {});
  const format = `${verb} {bar} {done}/${megabytes(size)} MB, {eta} s left`;
  const bar = new cliProgress.SingleBar({ format }, cliProgress.Presets.shades_classic);
  bar.start(size, 0, { done: megabytes(0) });
  try {
    return await work((bytes) => bar.update(bytes, { done: megabytes(bytes) }));
  } finally {
    bar.stop();
  }
}

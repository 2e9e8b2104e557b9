import cliProgress from 'cli-progress';
import type { Output } from './process-io.js';

export type OnProgress = (done: number, of: number) => void;

/** Does something with a bar of how far it is, where somebody watches; elsewhere in silence. */
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
    return await work((done, of) => {
      bar.setTotal(of);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}

import cliProgress from 'cli-progress';
import type { BuildProgress, RebuildOptions } from '../read-models/rebuild/work.js';
import type { Output } from './process-io.js';

/** How often to write a line where nobody watches, in milliseconds. */
const LINE_AFTER = 5_000;

/** Tells how far a version is that is being built: by a bar on a terminal, elsewhere by a line now and then. */
export async function withRebuildProgress<T>(
  stderr: Output,
  work: (listeners: Required<Pick<RebuildOptions, 'onProgress' | 'onPhase'>>) => Promise<T>,
): Promise<T> {
  let told = performance.now();
  let bar: cliProgress.SingleBar | null = null;
  const endBar = (): void => {
    bar?.stop();
    bar = null;
  };
  try {
    return await work({
      onPhase(phase) {
        endBar();
        stderr.write(`${phase}.\n`);
      },
      onProgress(progress) {
        if (stderr.isTTY === true) {
          bar ??= startBar(progress);
          bar.setTotal(progress.of);
          bar.update(progress.position, wordsOf(progress));
        } else if (performance.now() - told > LINE_AFTER) {
          told = performance.now();
          const { pace, left } = wordsOf(progress);
          stderr.write(`${progress.position} of ${progress.of} events${pace}${left}.\n`);
        }
      },
    });
  } finally {
    endBar();
  }
}

function startBar({ of, ...progress }: BuildProgress): cliProgress.SingleBar {
  const format = '{bar} {value}/{total} events{pace}{left}';
  const bar = new cliProgress.SingleBar({ format }, cliProgress.Presets.shades_classic);
  bar.start(of, progress.position, wordsOf(progress));
  return bar;
}

const wordsOf = ({ rate, secondsLeft }: Pick<BuildProgress, 'rate' | 'secondsLeft'>) => ({
  pace: rate === null ? '' : `, ${Math.round(rate)} a second`,
  left: secondsLeft === null ? '' : `, ${secondsLeft} s left`,
});

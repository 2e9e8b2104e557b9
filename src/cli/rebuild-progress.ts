import cliProgress from 'cli-progress';
import type { BuildProgress, RebuildOptions } from '../read-models/rebuild/rebuild-context.js';
import type { Output } from './process-io.js';

/** How often to write a line when the output is no terminal. */
const LINE_INTERVAL_MS = 5_000;

/** Shows the progress of a rebuild: by a bar on a terminal, by a line now and then elsewhere. */
export async function withRebuildProgress<T>(
  stderr: Output,
  work: (listeners: Required<Pick<RebuildOptions, 'onProgress' | 'onPhase'>>) => Promise<T>,
): Promise<T> {
  let lastLineAt = performance.now();
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
          bar.update(progress.position, formatPace(progress));
        } else if (performance.now() - lastLineAt > LINE_INTERVAL_MS) {
          lastLineAt = performance.now();
          const { pace, left } = formatPace(progress);
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
  bar.start(of, progress.position, formatPace(progress));
  return bar;
}

const formatPace = ({ rate, secondsLeft }: Pick<BuildProgress, 'rate' | 'secondsLeft'>) => ({
  pace: rate === null ? '' : `, ${Math.round(rate)} a second`,
  left: secondsLeft === null ? '' : `, ${secondsLeft} s left`,
});

import type { Logger } from 'pino';
import { exitCodes } from '../cli/exit-codes.js';
import type { Application } from './application.js';

/** How long stopping may take after the signal. What is not closed by then will not be closed. */
const STOP_TIMEOUT_MS = 1_900;

/** npm forwards the Ctrl-C that the terminal also sends to the server: two signals within this time count as one. */
const DUPLICATE_SIGNAL_MS = 300;

/** How a process hears of the requests to end it, and how it ends itself. */
export interface ProcessControl {
  /** Calls back at each request to end. */
  readonly onSignal: (handle: (signal: string) => void) => void;
  /** Ends the process, now. */
  readonly exit: (code: number) => void;
}

/** At the first signal, stops the application, which answers its open requests, and then the process. At the second, ends the process. */
export const stopOnSignal = (
  { onSignal, exit }: ProcessControl,
  logger: Logger,
  running: () => Application | undefined,
): void => {
  let firstSignalAt: number | undefined;
  const stop = async (signal: string): Promise<void> => {
    const now = performance.now();
    if (firstSignalAt !== undefined) {
      return now - firstSignalAt > DUPLICATE_SIGNAL_MS ? exit(exitCodes.failed) : undefined;
    }
    firstSignalAt = now;
    logger.info({ signal }, 'Stopping');
    const timeout = setTimeout(() => {
      logger.error('Not everything could be closed in time');
      exit(exitCodes.failed);
    }, STOP_TIMEOUT_MS);
    try {
      // An application that is still starting needs no closing: the stores keep nothing of an unfinished start.
      await running()?.stop();
      logger.info('Stopped');
      exit(exitCodes.done);
    } catch (error) {
      logger.error({ err: error }, 'Stopped with an error');
      exit(exitCodes.failed);
    } finally {
      clearTimeout(timeout);
    }
  };
  onSignal((signal) => void stop(signal));
};

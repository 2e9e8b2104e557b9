import { once } from 'node:events';
import { pino } from 'pino';
import {
  ensureAnsweringVersion,
  isLiveVersionOfAnotherLog,
} from '../../read-models/rebuild/ensure-answering-version.js';
import { startProjector } from '../../read-models/projector/projector.js';
import type { RegisterCommand } from '../program.js';
import { withReadModels } from '../with-read-models.js';

/** `peildatum project`: keeps the read models up to date without serving requests. */
export const register: RegisterCommand = (program, { config, stderr }) => {
  program
    .command('project')
    .description(
      'Keep the read models up to date until a signal ends the process. Of several such processes and servers one ' +
        'projects, and another takes over when it ends.',
    )
    .action(async () => {
      const settings = config();
      const { logLevel, projectionLeaseSeconds: leaseSeconds } = settings;
      const logger = pino({ level: logLevel }, { write: (line: string) => void stderr.write(line) });
      const ended = nextSignal();
      await withReadModels(settings, async (log, database) => {
        const lost = await isLiveVersionOfAnotherLog(log, database);
        const ready = ensureAnsweringVersion({ log, database, logger, lost, projecting: true });
        // A build that the signal interrupts is continued by the next process.
        if ((await Promise.race([ready.then(() => null), ended])) !== null) return;
        const projector = startProjector({ log, database, logger, leaseSeconds });
        logger.info({ leaseSeconds }, 'Taking part in projecting');
        logger.info({ signal: await ended }, 'Stopping');
        await projector.stop();
        logger.info('Stopped');
      });
    });
};

const nextSignal = (): Promise<string> =>
  Promise.race(
    (['SIGTERM', 'SIGINT'] as const).map(async (name) => {
      await once(process, name);
      return name;
    }),
  );

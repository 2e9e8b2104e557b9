import { pino } from 'pino';
import { startWith } from './server/application.js';
import { openInterior } from './server/compose.js';
import { serve } from './server/run.js';

const { argv, env, stdout, stderr } = process;

await serve(
  {
    args: argv.slice(2),
    env,
    stdout,
    stderr,
    // Synchronous, so that nothing is lost when the process ends.
    log: pino.destination({ fd: 2, sync: true }),
    onSignal: (handle) => {
      process.on('SIGTERM', handle);
      process.on('SIGINT', handle);
    },
    exit: (code) => process.exit(code),
  },
  (config, logger) => startWith(openInterior, config, logger),
);

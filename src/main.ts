import { pino } from 'pino';
import { startWith } from './application.js';
import { openInterior } from './interior.js';
import { serve } from './serve.js';

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

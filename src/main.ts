import { pino } from 'pino';
import { startApplication } from './server/application.js';
import { compose } from './server/compose.js';
import { runServer } from './server/run-server.js';

const { argv, env, stdout, stderr } = process;

await runServer(
  {
    args: argv.slice(2),
    env,
    stdout,
    stderr,
    // Synchronous, so that no line is lost when the process ends.
    log: pino.destination({ fd: 2, sync: true }),
    onSignal: (handle) => {
      process.on('SIGTERM', handle);
      process.on('SIGINT', handle);
    },
    exit: (code) => process.exit(code),
  },
  (config, logger) => startApplication(compose, config, logger),
);

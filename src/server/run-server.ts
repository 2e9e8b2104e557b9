import { pino, type DestinationStream, type Logger } from 'pino';
import type { Application } from './application.js';
import { exitCodes } from '../cli/exit-codes.js';
import { errorMessage } from '../cli/error-message.js';
import type { ProcessIO } from '../cli/process-io.js';
import { readConfig, settingsHelp, type Config } from '../config/config.js';
import { version } from '../config/version.js';
import { stopOnSignal, type ProcessControl } from './stop-on-signal.js';

/** What a server is given by the process that runs it, or by a test. */
export interface ServerProcess extends ProcessIO, ProcessControl {
  /** Where log lines go. */
  readonly log: DestinationStream;
}

export type StartApplication = (config: Config, logger: Logger) => Promise<Application>;

const help = (): string =>
  `Peildatum ${version}: serves a GraphQL API over an event-sourced, bitemporal history.\n\n` +
  `Usage: npm start [-- --help | --version]\n\n${settingsHelp()}`;

const banner = ({ url, graphiql, firstQuery }: Application): string =>
  `Peildatum answers at ${url}/graphql${graphiql === undefined ? '' : `; in a browser, at ${graphiql}`}\n\n` +
  `Try:\n  curl -s ${url}/graphql -H 'content-type: application/json' \\\n` +
  `    -d '${JSON.stringify({ query: firstQuery })}'\n\n`;

/** Reads the settings, starts the application, and has a signal stop it. What keeps it from starting is told on stderr. */
export const runServer = async (serverProcess: ServerProcess, start: StartApplication): Promise<void> => {
  const { args, env, stdout, stderr, log, exit } = serverProcess;
  const [arg] = args;
  if (arg === '--help' || arg === '-h') return void stdout.write(help());
  if (arg === '--version' || arg === '-V') return void stdout.write(`${version}\n`);
  if (arg !== undefined) {
    stderr.write(`Unknown argument ${arg}. Settings are environment variables; --help lists them.\n`);
    return exit(exitCodes.wrongUsage);
  }

  const { config, problems } = readConfig(env);
  if (problems) {
    stderr.write(`${problems.join('\n')}\n`);
    return exit(exitCodes.failed);
  }

  const logger = pino({ level: config.logLevel }, log);
  let application: Application | undefined;
  stopOnSignal(serverProcess, logger, () => application);
  try {
    application = await start(config, logger);
    stdout.write(banner(application));
    logger.info({ url: application.url }, 'Started');
  } catch (error) {
    stderr.write(`Peildatum did not start. ${errorMessage(error, config.logLevel)}\n`);
    exit(exitCodes.failed);
  }
};

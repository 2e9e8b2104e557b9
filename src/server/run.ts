import { pino, type DestinationStream, type Logger } from 'pino';
import type { Application } from './application.js';
import { exitCodes } from '../cli/exit-codes.js';
import { explain } from '../cli/explain.js';
import type { Surroundings } from '../cli/surroundings.js';
import { readConfig, settingsHelp, type Config } from '../config/config.js';
import { version } from '../config/version.js';

/** What a server is given beyond a command's surroundings. */
export interface ServerSurroundings extends Surroundings {
  readonly log: DestinationStream;
  /** Calls back at each request to end. */
  readonly onSignal: (handle: (signal: string) => void) => void;
  /** Ends the process, now. */
  readonly exit: (code: number) => void;
}

export type StartApplication = (config: Config, logger: Logger) => Promise<Application>;

/** Everything is closed by then or never will be, in milliseconds after the signal. */
const LAST_MOMENT = 1_900;

/** npm passes on the Ctrl-C that the terminal has sent to the server as well: within these milliseconds it is one signal. */
const SAME_SIGNAL = 300;

const help = (): string =>
  `Peildatum ${version}: serves a GraphQL API over an event-sourced, bitemporal history.\n\n` +
  `Usage: npm start [-- --help | --version]\n\n${settingsHelp()}`;

const banner = ({ url, graphiql, exampleQuery }: Application): string =>
  `Peildatum answers at ${url}/graphql${graphiql === undefined ? '' : `; in a browser, at ${graphiql}`}\n\n` +
  `Try:\n  curl -s ${url}/graphql -H 'content-type: application/json' \\\n` +
  `    -d '${JSON.stringify({ query: exampleQuery })}'\n\n`;

/** Ends the application at the first signal, once it has answered what it was asked, and the process at the second. */
const stopOnSignal = (
  { onSignal, exit }: ServerSurroundings,
  logger: Logger,
  running: () => Application | undefined,
) => {
  let first: number | undefined;
  const stop = async (signal: string): Promise<void> => {
    const now = performance.now();
    if (first !== undefined) return now - first > SAME_SIGNAL ? exit(exitCodes.failed) : undefined;
    first = now;
    logger.info({ signal }, 'Stopping');
    const tooLate = setTimeout(() => {
      logger.error('Not everything could be closed in time');
      exit(exitCodes.failed);
    }, LAST_MOMENT);
    try {
      // Nothing needs to be closed while it is still opening: what is not finished then has not happened.
      await running()?.stop();
      logger.info('Stopped');
      exit(exitCodes.done);
    } catch (error) {
      logger.error({ err: error }, 'Stopped with an error');
      exit(exitCodes.failed);
    } finally {
      clearTimeout(tooLate);
    }
  };
  onSignal((signal) => void stop(signal));
};

/** The server's whole life but its end, which comes with a signal. Whatever keeps it from starting is told on stderr. */
export const serve = async (surroundings: ServerSurroundings, start: StartApplication): Promise<void> => {
  const { args, env, stdout, stderr, log, exit } = surroundings;
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
  stopOnSignal(surroundings, logger, () => application);
  try {
    application = await start(config, logger);
    stdout.write(banner(application));
    logger.info({ url: application.url }, 'Started');
  } catch (error) {
    stderr.write(`Peildatum did not start. ${explain(error, config.logLevel)}\n`);
    exit(exitCodes.failed);
  }
};

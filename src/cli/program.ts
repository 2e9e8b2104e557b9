import { Command, CommanderError } from 'commander';
import { readConfig, settingsHelp, type Config } from '../config/config.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { version } from '../config/version.js';
import { exitCodes } from './exit-codes.js';
import { errorMessage } from './error-message.js';
import type { Output, ProcessIO } from './process-io.js';

/** The output streams and settings of a command. */
export interface CommandEnvironment {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Reads the settings. @throws {ExpectedError} that lists every invalid setting */
  readonly config: () => Config;
}

/**
 * Adds a command to the program. It must be added with `program.command('name')`, which inherits the error handling. An action
 * that throws ends the program with the message of the error and exit code 1; an action throws ExpectedError to do so on
 * purpose.
 * @example program.command('name').description('…').action(async () => { … })
 */
export type RegisterCommand = (program: Command, environment: CommandEnvironment) => void;

const configFrom =
  ({ env }: ProcessIO) =>
  (): Config => {
    const { config, problems } = readConfig(env);
    if (problems) throw new ExpectedError(problems.join('\n'));
    return config;
  };

const newProgram = (io: ProcessIO, commands: readonly RegisterCommand[]): Command => {
  const { stdout, stderr } = io;
  const program = new Command('peildatum')
    .description('Works on the log and the read models of Peildatum. `npm start` serves them.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', `\n${settingsHelp()}`)
    .showHelpAfterError('(--help explains the usage)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  for (const register of commands) register(program, { stdout, stderr, config: configFrom(io) });
  return program;
};

/** Runs one command line and writes errors to stderr. Returns the exit code: 0, 1 for a failure, 2 for wrong usage. */
export const runProgram = async (io: ProcessIO, commands: readonly RegisterCommand[]): Promise<number> => {
  const { args, env, stderr } = io;
  const program = newProgram(io, commands);
  if (args.length === 0) {
    program.outputHelp({ error: true });
    return exitCodes.wrongUsage;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Commander has printed its message or the help already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
    stderr.write(`${errorMessage(error, env['LOG_LEVEL'])}\n`);
    return exitCodes.failed;
  }
};

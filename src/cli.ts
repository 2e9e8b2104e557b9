import { runProgram, type RegisterCommand } from './cli/program.js';

/** One module a command, in src/cli; help lists them in this order. */
const commands: readonly RegisterCommand[] = [];

const { argv, env, stdout, stderr } = process;
process.exitCode = await runProgram({ args: argv.slice(2), env, stdout, stderr }, commands);

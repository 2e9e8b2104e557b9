import { register as backup } from './cli/commands/backup.js';
import { register as checkpoint } from './cli/commands/checkpoint.js';
import { register as copyVault } from './cli/commands/copy-vault.js';
import { register as copy } from './cli/commands/copy.js';
import { exitCodes } from './cli/exit-codes.js';
import { register as evidence } from './cli/commands/evidence.js';
import { register as exportLog } from './cli/commands/export.js';
import { register as importSheet } from './cli/commands/import.js';
import { register as load } from './cli/commands/load.js';
import { runProgram, type RegisterCommand } from './cli/program.js';
import { register as project } from './cli/commands/project.js';
import { register as prune } from './cli/commands/prune.js';
import { register as rebuild } from './cli/commands/rebuild.js';
import { register as restore } from './cli/commands/restore.js';
import { register as rollback } from './cli/commands/rollback.js';
import { register as template } from './cli/commands/template.js';
import { register as token } from './cli/commands/token.js';
import { register as verify } from './cli/commands/verify.js';

/** The commands, each in a file of src/cli/commands. Help lists them in this order. */
const commands: readonly RegisterCommand[] = [
  load,
  template,
  importSheet,
  exportLog,
  copy,
  copyVault,
  backup,
  restore,
  project,
  rebuild,
  rollback,
  prune,
  verify,
  checkpoint,
  evidence,
  token,
];

const { argv, env, stdout, stderr } = process;
// The reader of the output may close it early, as `head` does. The program then ends without a message.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.failed);
});
process.exitCode = await runProgram({ args: argv.slice(2), env, stdout, stderr }, commands);

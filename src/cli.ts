import { register as backup } from './cli/backup.js';
import { register as checkpoint } from './cli/checkpoint.js';
import { register as copyVault } from './cli/copy-vault.js';
import { register as copy } from './cli/copy.js';
import { exitCodes } from './cli/exit-codes.js';
import { register as evidence } from './cli/evidence.js';
import { register as exportLog } from './cli/export.js';
import { register as importSheet } from './cli/import.js';
import { register as load } from './cli/load.js';
import { runProgram, type RegisterCommand } from './cli/program.js';
import { register as project } from './cli/project.js';
import { register as prune } from './cli/prune.js';
import { register as rebuild } from './cli/rebuild.js';
import { register as restore } from './cli/restore.js';
import { register as rollback } from './cli/rollback.js';
import { register as template } from './cli/template.js';
import { register as token } from './cli/token.js';
import { register as verify } from './cli/verify.js';

/** One module a command, in src/cli; help lists them in this order. */
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
// Who reads what it writes may have had enough, as `head` has. That ends it, and needs no words.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.failed);
});
process.exitCode = await runProgram({ args: argv.slice(2), env, stdout, stderr }, commands);

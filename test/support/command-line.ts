import { spawn, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram, type RegisterCommand } from '../../src/cli/program.js';

const cli = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'dist', 'src', 'cli.js');

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command in this process. */
export async function runCommand(
  command: RegisterCommand,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const told = { stdout: '', stderr: '' };
  const stdout = { write: (text: string) => (told.stdout += text) };
  const stderr = { write: (text: string) => (told.stderr += text) };
  return { code: await runProgram({ args, env, stdout, stderr }, [command]), ...told };
}

/** Starts one command as a process of its own, as it was built. */
export const startCommand = (args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, [cli, ...args], { env: { ...process.env, ...env }, stdio: 'ignore' });

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** The lines that it has written so far. */
  readonly lines: readonly string[];
  /** Settles when it has written that many lines. @throws when it ends before. */
  written(lines: number): Promise<void>;
  /** Ends it as a power cut would: nothing is closed or finished. Settles when it is gone and all its lines are here. */
  kill(): Promise<void>;
  /** Settles when it has ended by itself. @throws when it failed. */
  ended(): Promise<void>;
}

/** Starts a script of test/fixtures as a process of its own. */
export function startFixture(script: string, ...args: readonly string[]): Child {
  const path = fileURLToPath(new URL(`../fixtures/${script}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const [last = '', ...complete] = (rest + chunk).split('\n').reverse();
    rest = last;
    lines.push(...complete.reverse());
  });
  const gone = once(child, 'close');
  return {
    lines,
    async written(count) {
      while (lines.length < count) {
        await Promise.race([once(child.stdout, 'data'), gone]);
        if (child.exitCode !== null && lines.length < count) throw new Error(`${script} ended with ${child.exitCode}.`);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async ended() {
      await gone;
      if (child.exitCode !== 0) throw new Error(`${script} ended with ${child.exitCode ?? child.signalCode}.`);
    },
  };
}

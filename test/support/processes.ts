import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const script = (name: string): string => fileURLToPath(new URL(`../../dist/src/${name}`, import.meta.url));

/** A part of the product as a process of its own, as it was built. */
export interface ProductProcess {
  /** What it has written so far, on both streams. */
  readonly written: () => string;
  /** Resolves when it has written something that matches. @throws when it ends before */
  readonly writes: (pattern: RegExp) => Promise<void>;
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Stops it wherever it is, until it is continued. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends it as an operator would. Resolves to its exit code. */
  readonly terminate: () => Promise<number | null>;
  /** Resolves to its exit code when it has ended by itself. */
  readonly ended: Promise<number | null>;
}

export type Environment = Readonly<Record<string, string>>;

const start = (file: string, args: readonly string[], env: Environment): ProductProcess => {
  const child: ChildProcess = spawn(process.execPath, [script(file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  const hear = (chunk: Buffer): void => void (written += chunk.toString());
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    // One that is stopped hears nothing but SIGKILL.
    child.kill('SIGCONT');
    child.kill(signal);
    return ended;
  };
  onTestFinished(async () => void (await end('SIGKILL')));
  return {
    written: () => written,
    async writes(pattern) {
      while (!pattern.test(written)) {
        if (child.exitCode !== null)
          throw new Error(`${file} ${args.join(' ')} ended with ${child.exitCode}: ${written}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    kill: async () => void (await end('SIGKILL')),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    terminate: () => end('SIGTERM'),
    ended,
  };
};

/** One command of the command line. */
export const startCommandProcess = (args: readonly string[], env: Environment): ProductProcess =>
  start('cli.js', args, env);

/** A server, and where it answers. */
export async function startServerProcess(env: Environment): Promise<ProductProcess & { readonly url: string }> {
  const port = await freePort();
  const server = start('main.js', [], { ...env, PORT: String(port) });
  return { ...server, url: `http://127.0.0.1:${port}` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when the server says that it is ready. */
export async function ready({ url, ended }: { readonly url: string; readonly ended: Promise<unknown> }): Promise<void> {
  let gone = false;
  void ended.then(() => (gone = true));
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok === true) return;
    if (gone) throw new Error(`The server at ${url} has ended.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

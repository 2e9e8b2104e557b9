import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const script = (name: string): string => fileURLToPath(new URL(`../../dist/src/${name}`, import.meta.url));

/** The product as a process of its own, on one port through all its restarts. */
export interface ServerProcess {
  readonly url: string;
  /** Settles when it answers. */
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as an operator would. Resolves to its exit code. */
  terminate(): Promise<number | null>;
  /** A token of its own making. */
  token(role: string): string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}

/** @param settings beside where its data and its port are */
export async function newServerProcess(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    DATA_DIR: directory,
    PORT: String(port),
    LOG_LEVEL: 'error',
    READY_LAG: '0',
    ...settings,
  };
  let child: ChildProcess | null = null;

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child) return null;
    const ended = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    const [code] = await ended;
    child = null;
    return code;
  };

  return {
    url,
    async start() {
      child = spawn(process.execPath, [script('main.js')], { env, stdio: ['ignore', 'ignore', 'inherit'] });
      for (;;) {
        if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
        const answer = await fetch(`${url}/health/ready`).catch(() => null);
        if (answer?.ok) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
    token(role) {
      const made = spawnSync(process.execPath, [script('cli.js'), 'token', '--role', role, '--name', 'Tester'], {
        env,
        encoding: 'utf8',
      });
      if (made.status !== 0) throw new Error(made.stderr);
      return made.stdout.trim();
    },
  };
}

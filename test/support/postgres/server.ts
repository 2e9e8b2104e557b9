import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, DatabaseError } from 'pg';
import { binariesFor, ownerOfServer } from './binaries.js';

/** A PostgreSQL server of a test's own. */
export interface PostgresServer {
  /** Where it answers, with the password of one who may do everything. */
  readonly url: string;
  readonly port: number;
  /**
   * Ends it as an administrator does (connections are cut, what is committed is kept), or as a power cut would. SMART: it
   * lets nobody in any more, and ends when all who are in have left.
   */
  stop(how?: 'SMART' | 'FAST' | 'IMMEDIATE'): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

export interface ServerOptions {
  /** Settings of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Files in its data directory, such as certificates. */
  readonly files?: Readonly<Record<string, string>>;
}

const PASSWORD = 'a test:of/p@sswords';

/** Its data is thrown away, so nothing needs to survive the machine; what a killed server has written survives that. */
const defaults = { fsync: 'off', max_connections: '300', shared_buffers: '64MB', log_min_messages: 'warning' };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const signals = { SMART: 'TERM', FAST: 'INT', IMMEDIATE: 'QUIT' } as const;

/** Runs a server until it is told to end it by a signal, or until the tests are gone: then the pipe to them is closed. */
const GUARD = '"$@" & server=$!; read signal || signal=QUIT; kill -$signal $server; wait $server';

/** @throws when there is no PostgreSQL for this machine, or it does not start; the message says why. */
export async function startPostgres({ settings = {}, files = {} }: ServerOptions = {}): Promise<PostgresServer> {
  const owner = ownerOfServer();
  const directory = await mkdtemp(join(tmpdir(), 'peildatum-postgres-'));
  const data = join(directory, 'data');
  const { initdb, postgres } = await binariesFor(owner, directory);
  const as = { ...owner, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
  const secret = join(directory, 'password');
  await mkdir(data);
  await writeFile(secret, PASSWORD);
  if (owner) for (const path of [directory, data, secret]) await chown(path, owner.uid, owner.gid);

  const flags = ['--auth=scram-sha-256', '--username=tester', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await promisify(execFile)(initdb, ['-D', data, `--pwfile=${secret}`, ...flags], as);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(data, name), content, { mode: 0o600 });
    if (owner) await chown(join(data, name), owner.uid, owner.gid);
  }

  const port = await freePort();
  const url = `postgres://tester:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`;
  let running: ChildProcess | null = null;
  let output = '';

  async function answers(): Promise<boolean> {
    // Whoever wants TLS or refuses the password answers too; one that is about to start says that it is.
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      return true;
    } catch (error) {
      return error instanceof DatabaseError && error.code?.startsWith('28') === true;
    } finally {
      await client.end().catch(() => {});
    }
  }

  async function start(): Promise<void> {
    const conf = Object.entries({
      ...defaults,
      ...settings,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    });
    const args = ['-D', data, '-p', String(port), ...conf.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const stdio = ['pipe', 'ignore', 'pipe'] as const;
    const child = spawn('sh', ['-c', GUARD, 'sh', postgres, ...args], { ...as, stdio: [...stdio] });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-5000)));
    running = child;
    const deadline = performance.now() + 30_000;
    while (!(await answers())) {
      if (child.exitCode !== null || performance.now() > deadline)
        throw new Error(`PostgreSQL did not start: ${output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function stop(how: keyof typeof signals = 'FAST'): Promise<void> {
    const child = running;
    running = null;
    if (child?.stdin == null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.stdin.end(`${signals[how]}\n`);
    await ended;
  }

  async function remove(): Promise<void> {
    await stop('IMMEDIATE');
    await rm(directory, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return { url, port, start, stop, remove };
}

import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startApplication } from '../../src/server/application.js';
import type { Compose } from '../../src/server/composition.js';
import { newCaching, type CachingContext } from '../../src/http/cache.js';
import { runServer, type StartApplication } from '../../src/server/run-server.js';
import { sampleSchema } from '../http/sample-schema.js';

/** Opens the sample schema and writes down when it is closed. */
const openSample =
  (closed: string[]): Compose<CachingContext> =>
  async () => ({
    schema: sampleSchema(),
    contextFor: async () => ({ caching: newCaching() }),
    momentFields: new Set(),
    listSizes: {},
    firstQuery: '{ hello(name: "you") }',
    health: async () => ({ ready: true, checks: {} }),
    close: async () => void closed.push('closed'),
  });

/** Runs the server's life in this process; signals come from the test. */
const run = async (
  options: { args?: readonly string[]; env?: Record<string, string>; start?: StartApplication } = {},
) => {
  const [out, err, logged]: [string[], string[], string[]] = [[], [], []];
  const exit = Promise.withResolvers<number>();
  let handle: (signal: string) => void = () => {};
  await runServer(
    {
      args: options.args ?? [],
      env: { PORT: '0', ...options.env },
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text) },
      log: { write: (line) => void logged.push(line) },
      onSignal: (given) => void (handle = given),
      exit: exit.resolve,
    },
    options.start ?? ((config, logger) => startApplication(openSample([]), config, logger)),
  );
  const stdout = out.join('');
  return {
    stdout,
    stderr: err.join(''),
    logged,
    signal: () => handle('SIGTERM'),
    exitCode: exit.promise,
    url: /http:\S+(?=\/graphql)/.exec(stdout)?.[0] ?? '',
  };
};

describe('the server', () => {
  it('says where it is and gives a query to try, that works', async () => {
    const server = await run();
    const body = /-d '(.*)'/.exec(server.stdout)?.[1] ?? '';
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
    expect(await response.json()).toEqual({ data: { hello: 'hello you' } });
    expect(server.stderr).toBe('');
    server.signal();
    expect(await server.exitCode).toBe(0);
  });

  it('ends at a signal, with everything closed', async () => {
    const closed: string[] = [];
    const server = await run({ start: (config, logger) => startApplication(openSample(closed), config, logger) });
    server.signal();
    expect(await server.exitCode).toBe(0);
    expect(closed).toEqual(['closed']);
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });

  it('ends at once at a second signal', async () => {
    const never: StartApplication = async () => ({
      url: 'http://x',
      firstQuery: '',
      stop: () => new Promise(() => {}),
    });
    const server = await run({ start: never });
    server.signal();
    await delay(400);
    const before = performance.now();
    server.signal();
    expect(await server.exitCode).toBe(1);
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('takes a signal that comes twice at once for one, as Ctrl-C does under npm', async () => {
    const slow: StartApplication = async () => ({ url: 'http://x', firstQuery: '', stop: () => delay(50) });
    const server = await run({ start: slow });
    server.signal();
    server.signal();
    expect(await server.exitCode).toBe(0);
  });

  it('does not hang on what cannot be closed', async () => {
    const never: StartApplication = async () => ({
      url: 'http://x',
      firstQuery: '',
      stop: () => new Promise(() => {}),
    });
    const server = await run({ start: never });
    server.signal();
    expect(await server.exitCode).toBe(1);
    expect(server.logged.join('')).toContain('in time');
  });

  it('does not start with wrong settings, and tells all of them', async () => {
    const server = await run({ env: { PORT: 'x', LOG_LEVEL: 'loud' } });
    expect(await server.exitCode).toBe(1);
    expect(server.stderr).toMatch(/^PORT is "x".*\nLOG_LEVEL is "loud".*\n$/);
    expect(server.stdout).toBe('');
  });

  it('does not start on a port in use, says so plainly and closes what it had opened', async () => {
    const first = await run();
    const closed: string[] = [];
    const second = await run({
      env: { PORT: new URL(first.url).port },
      start: (config, logger) => startApplication(openSample(closed), config, logger),
    });
    expect(await second.exitCode).toBe(1);
    expect(second.stderr).toMatch(/^Peildatum did not start\. Port \d+ .* in use .*PORT/);
    expect(second.stderr).not.toMatch(/\n\s+at /);
    expect(closed).toEqual(['closed']);
    first.signal();
    await first.exitCode;
  });

  it('logs as JSON lines, as much as it was told to', async () => {
    const loud = await run({ env: { LOG_LEVEL: 'info' } });
    expect(loud.logged.map((line) => (JSON.parse(line) as { msg: string }).msg)).toContain('Started');
    const silent = await run({ env: { LOG_LEVEL: 'silent' } });
    expect(silent.logged).toEqual([]);
    for (const server of [loud, silent]) {
      server.signal();
      await server.exitCode;
    }
  });

  it('lists all settings in its help and starts nothing', async () => {
    const { stdout, stderr } = await run({ args: ['--help'], env: { PORT: 'x' } });
    expect(stdout).toMatch(/PORT[^]*TIME_ZONE[^]*LOG_LEVEL/);
    expect(stderr).toBe('');
  });

  it('refuses arguments that it does not know', async () => {
    const server = await run({ args: ['--port=80'] });
    expect(await server.exitCode).toBe(2);
    expect(server.stderr).toContain('--port=80');
  });
});

import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { startSample } from './sample-server.js';

const timed = async (work: Promise<void>): Promise<number> => {
  const started = performance.now();
  await work;
  return performance.now() - started;
};

const openConnection = async (url: string) => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
};

describe('stopping the server', () => {
  it('lets an open request finish and refuses new ones meanwhile', async () => {
    const server = await startSample();
    const open = server.post('{ slow }');
    await server.slowBegun;
    const stopped = server.stop();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(server.post('{ hello }')).rejects.toThrow('fetch failed');
    server.release();
    const answer = await open;
    expect(answer.body.data).toEqual({ slow: 'done at last' });
    expect(answer.headers.get('connection')).toBe('close');
    await stopped;
  });

  it('does not wait for connections that are kept alive', async () => {
    const server = await startSample();
    await Promise.all([server.post('{ hello }'), server.post('{ hello }')]);
    expect(await timed(server.stop())).toBeLessThan(1_000);
  });

  it('takes at most two seconds, whatever is open', async () => {
    const server = await startSample();
    const silent = once(await openConnection(server.url), 'close');
    const open = server.post('{ slow }').catch((error: unknown) => error);
    await server.slowBegun;
    expect(await timed(server.stop())).toBeLessThan(2_000);
    expect(await open).toBeInstanceOf(Error);
    await silent;
  });

  it('can be asked for twice', async () => {
    const server = await startSample();
    await Promise.all([server.stop(), server.stop()]);
    await expect(server.stop()).resolves.toBeUndefined();
    await expect(server.post('{ hello }')).rejects.toThrow('fetch failed');
  });
});

describe('an address that cannot be used', () => {
  it('is refused with the name of the setting when the port is in use', async () => {
    const server = await startSample();
    const second = startSample({ port: Number(new URL(server.url).port) });
    await expect(second).rejects.toThrow(ExpectedError);
    await expect(second).rejects.toThrow(/in use.*PORT/);
    await server.stop();
  });

  it('is refused with the name of the setting when it is not this machine', async () => {
    await expect(startSample({ host: '192.0.2.1' })).rejects.toThrow(/192\.0\.2\.1.*HOST/);
  });
});

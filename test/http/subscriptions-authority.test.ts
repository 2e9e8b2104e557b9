import { afterEach, describe, expect, it } from 'vitest';
import type { RequestCredentials } from '../../src/http/request-credentials.js';
import { begin } from '../support/live-client.js';
import { openLiveServer, type LiveServer, type LiveServerOptions } from '../support/live-server.js';
import { named, region, scale } from './live-history.js';

let server: LiveServer;
afterEach(() => server.close());

const open = async (options: LiveServerOptions): Promise<void> => {
  server = await openLiveServer(options);
  await server.api.append([scale('dynamics'), region('zeeland')]);
};

const fieldOf = ({ raw }: RequestCredentials): readonly string[] => raw.headersDistinct.authorization ?? [];
const live = 'subscription { eventAppended(afterPosition: "1") { position } }';

describe('who opens a WebSocket', () => {
  it('gives a token as a parameter of the connection or in a header, and it is judged again for each message', async () => {
    const admitted: (readonly string[])[] = [];
    const asked: (readonly string[])[] = [];
    await open({
      authenticateConnection: async (credentials) => {
        admitted.push(fieldOf(credentials));
        return { expiresAt: null };
      },
      contextFor: async (credentials) => {
        asked.push(fieldOf(credentials));
        return server.api.context();
      },
    });
    const authorization = 'Bearer from-header';
    for (const [options, field] of [
      [{ connectionParams: { authorization: 'Bearer parameter' } }, ['Bearer parameter']],
      [{ connectionParams: { Authorization: 'Bearer capital' } }, ['Bearer capital']],
      [{ headers: { authorization } }, [authorization]],
      [{ headers: { authorization }, connectionParams: { authorization: 'Bearer parameter' } }, ['Bearer parameter']],
      [{}, []],
    ] as const) {
      asked.length = 0;
      admitted.length = 0;
      const operation = begin(server.socketUrl, live, options);
      await operation.take(1);
      await operation.complete();
      expect(admitted).toEqual([field]);
      // Once for the operation, once for its one message.
      expect(asked).toEqual([field, field]);
    }
  });

  it('is turned away with 4401 and no word more when the token is refused', async () => {
    await open({ authenticateConnection: async () => null });
    const operation = begin(server.socketUrl, live, { connectionParams: { authorization: 'Bearer forged' } });
    await expect(operation.next()).rejects.toMatchObject({ code: 4401 });
    expect(await operation.closed).toMatchObject({ code: 4401, reason: 'Unauthorized' });
  });

  it('is turned away with 4500 when that cannot be judged', async () => {
    await open({
      authenticateConnection: async () => {
        throw new Error('secret keys');
      },
    });
    const operation = begin(server.socketUrl, live);
    await expect(operation.next()).rejects.toMatchObject({ code: 4500 });
    expect(await operation.closed).toMatchObject({ code: 4500, reason: 'Internal error' });
    expect(JSON.stringify(server.logged)).toContain('secret keys');
  });

  it('is cut off with 4403 when the token expires, and goes on with a new one', async () => {
    const first = { expiresAt: new Date(Date.now() + 60_000) };
    await open({
      authenticateConnection: async (credentials) =>
        fieldOf(credentials).includes('Bearer long') ? { expiresAt: null } : first,
    });
    first.expiresAt = new Date(Date.now() + 300);
    const operation = begin<{ eventAppended: { position: string } }>(server.socketUrl, live);
    const [message] = await operation.take(1);
    expect(await operation.closed).toMatchObject({ code: 4403, reason: 'Token expired' });
    await server.api.append([named('zeeland', 'Zeeland')]);
    const again = begin(
      server.socketUrl,
      `subscription { eventAppended(afterPosition: "${message?.eventAppended.position}") { position } }`,
      { connectionParams: { authorization: 'Bearer long' } },
    );
    expect(await again.take(1)).toEqual([{ eventAppended: { position: '3' } }]);
    await again.complete();
  });

  it('stays for years with a token that is valid for years', async () => {
    await open({ authenticateConnection: async () => ({ expiresAt: new Date('2999-01-01') }) });
    const operation = begin(server.socketUrl, live);
    await operation.take(1);
    await operation.complete();
    expect(await operation.closed).toMatchObject({ code: 1000 });
  });
});

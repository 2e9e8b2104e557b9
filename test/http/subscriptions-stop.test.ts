import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { liveVersion } from '../../src/read-models/database/versions.js';
import { begin } from '../support/live-client.js';
import { openLiveServer, type LiveServer } from '../support/live-server.js';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { named, region, scale } from './live-history.js';

const live = 'subscription { eventAppended(afterPosition: "0") { position data } }';

let api: TestApi;
let server: LiveServer;
beforeEach(async () => {
  api = await openTestApi();
  await api.append([scale('dynamics'), region('zeeland')]);
  server = await openLiveServer({ api });
});
afterEach(async () => {
  await server.close();
  await api.close();
});

const timed = async (work: Promise<void>): Promise<number> => {
  const started = performance.now();
  await work;
  return performance.now() - started;
};

describe('stopping the server', () => {
  it('closes every WebSocket with 1001', async () => {
    const subscriptions = [begin(server.socketUrl, live), begin(server.socketUrl, live)];
    for (const subscription of subscriptions) await subscription.take(2);
    const idle = new WebSocket(server.socketUrl, 'graphql-transport-ws');
    await once(idle, 'open');
    const closedIdle = once(idle, 'close') as Promise<[number, Buffer]>;
    await server.stop();
    for (const { closed } of subscriptions) expect(await closed).toMatchObject({ code: 1001, reason: 'Going away' });
    expect((await closedIdle)[0]).toBe(1001);
    // Nothing of them is left that would ask the read models for more.
    const { statements } = await api.counted(async () => {
      await api.log.append({ events: [named('zeeland', 'Zeeland')] });
      // The connection that writes is not counted.
      while ((await liveVersion(api.database.writing))?.position !== 3) await setImmediate();
    });
    expect(statements).toEqual([]);
  });

  it('takes at most two seconds, also with a client that reads nothing', async () => {
    await api.append(Array.from({ length: 500 }, (_, index) => named('zeeland', `${'Z'.repeat(1_900)} ${index}`)));
    const copies = Array.from({ length: 20 }, (_, index) => `copy${index}: data`).join(' ');
    const query = `subscription { eventAppended(afterPosition: "0") { ${copies} } }`;
    const socket = new WebSocket(server.socketUrl, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    await once(socket, 'message');
    socket.pause();
    expect(await timed(server.stop())).toBeLessThan(2_000);
    socket.terminate();
  });

  it('lets who was connected go on at the server that comes after it', async () => {
    const before = begin<{ eventAppended: { position: string } }>(server.socketUrl, live);
    const [, last] = await before.take(2);
    await server.stop();
    await before.closed;
    await api.append([named('zeeland', 'Zeeland')]);
    server = await openLiveServer({ api });
    const after = begin(
      server.socketUrl,
      `subscription { eventAppended(afterPosition: "${last?.eventAppended.position}") { position type } }`,
    );
    expect(await after.take(1)).toEqual([{ eventAppended: { position: '3', type: 'RegionNamed' } }]);
    await after.complete();
  });
});

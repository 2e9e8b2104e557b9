import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { begin } from '../support/live-client.js';
import { openLiveServer, type LiveServer } from '../support/live-server.js';
import { named, region, scale } from './live-history.js';

const BUFFERED = 65_536;
const EVENTS = 600;

/** Twenty times the event: far more than the buffers of two sockets hold, all messages together. */
const LARGE = Array.from({ length: 20 }, (_, index) => `copy${index}: data`).join(' ');
const document = (after: number, fields = LARGE) =>
  `subscription { eventAppended(afterPosition: "${after}") { position ${fields} } }`;

let server: LiveServer;
let socket: WebSocket;

beforeEach(async () => {
  server = await openLiveServer({ limits: { maxBufferedBytes: BUFFERED, sendTimeoutMs: 300, closeTimeoutMs: 20_000 } });
  await server.api.append([scale('dynamics'), region('zeeland')]);
  const long = 'Z'.repeat(1_900);
  await server.api.append(Array.from({ length: EVENTS }, (_, index) => named('zeeland', `${long} ${index}`)));
});
afterEach(async () => {
  socket.terminate();
  await server.close();
});

/** Opens a connection, says hello, and starts operations on it. */
async function connect(...queries: readonly string[]): Promise<void> {
  socket = new WebSocket(server.socketUrl, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  for (const [id, query] of queries.entries()) {
    socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }));
  }
}

/** Waits until the server has given up on the client. */
const givenUp = () =>
  vi.waitFor(
    () => {
      const line = server.logged.find(({ msg }) => String(msg).includes('slow consumer'));
      expect(line).toBeDefined();
      return line as { readonly bufferedBytes: number; readonly code: number };
    },
    { timeout: 30_000 },
  );

describe('a client that stops reading', () => {
  it('holds up its own subscription only, is closed after a while, and goes on without loss', async () => {
    await connect(document(0));
    const received: number[] = [];
    const closed = once(socket, 'close');
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(String(data)) as {
        type: string;
        payload: { data: { eventAppended: { position: string } } };
      };
      expect(type).toBe('next');
      received.push(Number(payload.data.eventAppended.position));
    });
    await once(socket, 'message');
    socket.pause();

    // Others are served meanwhile.
    const other = begin(server.socketUrl, document(0, ''));
    expect(await other.take(EVENTS + 2)).toHaveLength(EVENTS + 2);
    await other.complete();

    const { code, bufferedBytes } = await givenUp();
    expect(code).toBe(4290);
    const oneMessage = 20 * 2_100 + 200;
    expect(bufferedBytes).toBeLessThan(BUFFERED + oneMessage);

    socket.resume();
    const [closeCode, reason] = (await closed) as [number, Buffer];
    expect(closeCode).toBe(4290);
    const last = received.at(-1) ?? 0;
    expect(String(reason)).toBe(`Slow consumer: resume after position ${last}`);
    expect(last).toBeLessThan(EVENTS);
    expect(received).toEqual(Array.from({ length: last }, (_, index) => index + 1));

    const rest = begin<{ eventAppended: { position: string } }>(server.socketUrl, document(last));
    const positions = (await rest.take(EVENTS + 2 - last)).map(({ eventAppended }) => Number(eventAppended.position));
    expect(positions).toEqual(Array.from({ length: EVENTS + 2 - last }, (_, index) => last + 1 + index));
    await rest.complete();
  });

  it('is told the position that is safe for all subscriptions of its connection', async () => {
    await connect(document(0), 'subscription { statusChanged(afterPosition: "1") { position } }', document(5));
    socket.pause();
    await givenUp();
    const closed = once(socket, 'close');
    socket.resume();
    const [, reason] = (await closed) as [number, Buffer];
    const [, position] = /^Slow consumer: resume after position (\d+)$/.exec(String(reason)) ?? [];
    expect(Number(position)).toBeGreaterThanOrEqual(0);
    expect(Number(position)).toBeLessThan(EVENTS);
  });

  it('is not pinged and answered without bound', async () => {
    await connect(document(0));
    socket.pause();
    const payload = { text: 'x'.repeat(50_000) };
    for (let count = 0; count < 200; count += 1) socket.send(JSON.stringify({ type: 'ping', payload }));
    const { bufferedBytes } = await givenUp();
    expect(bufferedBytes).toBeLessThan(BUFFERED + 3 * 50_200);
  });
});

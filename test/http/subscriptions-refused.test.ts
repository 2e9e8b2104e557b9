import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { GraphQLFormattedError } from 'graphql';
import { begin, type Closed } from '../support/live-client.js';
import { openLiveServer, type LiveServer } from '../support/live-server.js';
import { region, scale } from './live-history.js';

const OPERATIONS = 3;

let server: LiveServer;
beforeAll(async () => {
  server = await openLiveServer({ limits: { maxOperations: OPERATIONS, maxConnections: 10, initTimeoutMs: 200 } });
  await server.api.append([scale('dynamics'), region('zeeland')]);
});
afterAll(() => server.close());

/** The errors that an operation over the socket gives, however it gives them. */
async function errorsOver(query: string, variables = {}, url = server.socketUrl) {
  const operation = begin(url, query, { variables });
  try {
    return (await operation.next()).errors ?? [];
  } catch (errors) {
    if (!Array.isArray(errors)) throw errors;
    return errors as readonly GraphQLFormattedError[];
  } finally {
    await operation.complete();
  }
}

async function errorsOverHttp(query: string, variables = {}): Promise<readonly GraphQLFormattedError[]> {
  const { errors } = (await (
    await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
  ).json()) as { errors?: readonly GraphQLFormattedError[] };
  return errors ?? [];
}

const codes = (errors: readonly GraphQLFormattedError[]) => errors.map(({ extensions }) => extensions?.['code']);

describe('a subscription that cannot be served as asked', () => {
  it.each([
    ['a position beyond the head', 'eventAppended(afterPosition: "1000000") { position }', 'POSITION_BEYOND_HEAD'],
    ['a position beyond the head', 'statusChanged(afterPosition: "1000000") { position }', 'POSITION_BEYOND_HEAD'],
    ['no position', 'eventAppended(afterPosition: "-1") { position }', 'BAD_USER_INPUT'],
    ['an unknown scale', 'statusChanged(filter: {scales: ["mood"]}) { position }', 'UNKNOWN_SCALE'],
    ['an unknown level', 'statusChanged(filter: {scales: ["dynamics"], to: ["9"]}) { position }', 'UNKNOWN_LEVEL'],
    ['levels of no scale', 'statusChanged(filter: {to: ["1"]}) { position }', 'BAD_USER_INPUT'],
    ['an unknown subject', 'statusChanged(filter: {keys: ["atlantis"]}) { position }', 'UNKNOWN_SUBJECT'],
    ['an unknown type', 'eventAppended(filter: {types: ["Imagined"]}) { position }', 'BAD_USER_INPUT'],
    ['a scale without a position', 'statusChanged(afterScale: "dynamics") { position }', 'BAD_USER_INPUT'],
    [
      'an unknown scale to resume at',
      'statusChanged(afterPosition: "1", afterScale: "mood") { position }',
      'UNKNOWN_SCALE',
    ],
    ['an unknown field', 'eventAppended { mood }', 'GRAPHQL_VALIDATION_FAILED'],
    ['two root fields', 'eventAppended { position } statusChanged { position }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('gets an error with a code: %s', async (_what, field, code) => {
    expect(codes(await errorsOver(`subscription { ${field} }`))).toEqual([code]);
  });

  it.each([
    '{ events(first: 500) { totalCount } }',
    '{ region(key: "atlantis") { key } }',
    '{ nonsense }',
    '{',
    'query A { __typename } query B { __typename }',
    'query ($n: Int!) { events(first: $n) { totalCount } }',
    '{ statusChanges(filter: {scales: ["mood"]}) { totalCount } }',
    '{ statusChanges(filter: {effectiveFrom: "2020-02-30"}) { totalCount } }',
    `{ ${Array.from({ length: 9 }, (_, i) => `a${i}: regions(first: 200) { nodes { changes(first: 200) { nodes { id } } } }`).join(' ')} }`,
    `{ region(key: "zeeland") { ${'parent { '.repeat(600)}key${' }'.repeat(600)} } }`,
    `query { ...F } ${Array.from({ length: 16 }, (_, i) => `fragment F${i || ''} on Query { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F16 on Query { __typename }`,
  ])('gets the errors that HTTP gives to the same query: %#', async (query) => {
    const overHttp = await errorsOverHttp(query);
    expect(overHttp).not.toEqual([]);
    expect(await errorsOver(query)).toEqual(overHttp);
  });

  it('is measured by what one message may cost', async () => {
    const many = Array.from(
      { length: 20 },
      (_, index) => `a${index}: changes(first: 200) { nodes { subject { events(first: 200) { nodes { id } } } } }`,
    );
    const query = `subscription { statusChanged { subject { ${many.join(' ')} } } }`;
    expect(codes(await errorsOver(query))).toEqual(['QUERY_TOO_LARGE']);
  });

  it('is refused over plain HTTP, which says where to go', async () => {
    const [error] = await errorsOverHttp('subscription { eventAppended { position } }');
    expect(error?.extensions).toEqual({ code: 'BAD_REQUEST' });
    expect(error?.message).toContain('WebSocket');
  });

  it('is not heard with a mutation', async () => {
    const mutation =
      'mutation { definePeriod(input: {key: "a", label: {nl: "a"}, referenceDate: "2020-01-01"}) { __typename } }';
    const [error] = await errorsOver(mutation);
    expect(error?.extensions).toEqual({ code: 'BAD_REQUEST' });
    expect(error?.message).toContain('HTTP');
  });
});

describe('an error of our own', () => {
  it('is masked and logged, when the context of an operation or of a message cannot be made', async () => {
    let contexts = 0;
    const failing = await openLiveServer({
      contextFor: async () => {
        contexts += 1;
        if (contexts !== 2) throw new Error('secret database');
        return failing.api.context();
      },
    });
    await failing.api.append([scale('dynamics')]);
    const query = 'subscription { eventAppended(afterPosition: "0") { position } }';
    for (const when of ['of the operation', 'of the first message']) {
      const [error] = await errorsOver(query, {}, failing.socketUrl);
      expect(error, when).toMatchObject({ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } });
      const id = error?.extensions?.['correlationId'];
      const line = failing.logged.find(({ correlationId }) => correlationId === id);
      expect(JSON.stringify(line), when).toContain('secret database');
    }
    expect(contexts).toBe(3);
    await failing.close();
  });

  it('keeps an error that was made for the client', async () => {
    const refusing = await openLiveServer({
      contextFor: async () => {
        throw new GraphQLError('Log in first.', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
      },
    });
    const errors = await errorsOver('{ events { totalCount } }', {}, refusing.socketUrl);
    expect(errors).toEqual([{ message: 'Log in first.', extensions: { code: 'UNAUTHENTICATED' } }]);
    await refusing.close();
  });
});

/** A bare connection, for what no client library would do. */
async function connect(protocol = 'graphql-transport-ws', headers = {}): Promise<WebSocket> {
  const socket = new WebSocket(server.socketUrl, protocol, { headers });
  await once(socket, 'open');
  return socket;
}

const closing = async (socket: WebSocket): Promise<Closed> => {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return { code, reason: String(reason) };
};

const hello = JSON.stringify({ type: 'connection_init' });
const subscribe = (id: string, query = 'subscription { eventAppended { position } }') =>
  JSON.stringify({ id, type: 'subscribe', payload: { query } });

/** The status with which a connection is refused. */
async function refusedWith(url: string, headers = {}): Promise<number | undefined> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }];
  return response.statusCode;
}

describe('a connection', () => {
  it.each([
    ['says nothing', [], 4408],
    ['subscribes before it says hello', [subscribe('1')], 4401],
    ['says hello twice', [hello, hello], 4429],
    ['uses an id twice', [hello, subscribe('1'), subscribe('1')], 4409],
    ['uses a long id twice', [hello, subscribe('1'.repeat(500)), subscribe('1'.repeat(500))], 4409],
    ['sends what is not JSON', ['{'], 4400],
    [
      'sends a message of the server',
      [JSON.stringify({ id: '1', type: 'complete' }), '{"type":"connection_ack"}'],
      4500,
    ],
    ['sends a message that is too large', [`"${'x'.repeat(1_100_000)}"`], 1009],
  ])('is closed with a code when it %s', async (_what, messages, code) => {
    const socket = await connect();
    for (const message of messages) {
      socket.send(message);
      if (message === hello && message !== messages.at(-1)) await once(socket, 'message');
    }
    expect((await closing(socket)).code).toBe(code);
  });

  it('is closed with a code when it speaks another protocol', async () => {
    const socket = new WebSocket(server.socketUrl);
    await once(socket, 'open');
    expect((await closing(socket)).code).toBe(4406);
  });

  it('can have so many operations at one time, and is closed when it goes on regardless', async () => {
    const socket = await connect();
    socket.send(hello);
    await once(socket, 'message');
    for (let id = 1; id <= OPERATIONS; id += 1) socket.send(subscribe(String(id)));
    socket.send(subscribe('one more'));
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(String(message))).toMatchObject({
      id: 'one more',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
    });
    socket.send(JSON.stringify({ id: '1', type: 'complete' }));
    socket.send(subscribe('again', '{ __typename }'));
    const [answer] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(String(answer))).toMatchObject({ id: 'again', type: 'next' });
    for (let id = 0; id < 100; id += 1) socket.send(subscribe(`more-${id}`));
    expect((await closing(socket)).code).toBe(4400);
  });

  it('answers pings of both kinds', async () => {
    const socket = await connect();
    socket.send(hello);
    await once(socket, 'message');
    socket.send(JSON.stringify({ type: 'ping', payload: { at: 7 } }));
    const [pong] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(String(pong))).toEqual({ type: 'pong', payload: { at: 7 } });
    socket.ping('here');
    expect(String(((await once(socket, 'pong')) as [Buffer])[0])).toBe('here');
    socket.terminate();
  });

  it('is refused at another address, from a page of another origin, and beyond a number', async () => {
    expect(await refusedWith(server.socketUrl.replace('/graphql', '/elsewhere'))).toBe(404);
    expect(await refusedWith(server.socketUrl, { origin: 'https://elsewhere.example' })).toBe(403);
    expect(await refusedWith(server.socketUrl, { origin: 'null' })).toBe(403);
    (await connect('graphql-transport-ws', { origin: server.url })).terminate();
    const limited = await openLiveServer({ limits: { maxConnections: 1 }, api: server.api });
    const first = new WebSocket(limited.socketUrl, 'graphql-transport-ws');
    await once(first, 'open');
    expect(await refusedWith(limited.socketUrl)).toBe(503);
    await limited.close();
  });

  it('of a client that does not answer pings is cut', async () => {
    const strict = await openLiveServer({ limits: { pingIntervalMs: 50 }, api: server.api });
    const dead = new WebSocket(strict.socketUrl, 'graphql-transport-ws', { autoPong: false });
    const alive = new WebSocket(strict.socketUrl, 'graphql-transport-ws');
    await Promise.all([once(dead, 'open'), once(alive, 'open')]);
    alive.send(hello);
    dead.send(hello);
    expect((await closing(dead)).code).toBe(1006);
    expect(alive.readyState).toBe(WebSocket.OPEN);
    await strict.close();
  });
});

it('a request that offers another protocol than WebSocket is answered as it is', async () => {
  const headers = { connection: 'Upgrade', upgrade: 'h2c' };
  const status = await new Promise((resolve, reject) => {
    const outgoing = httpRequest(`${server.url}/health/live`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject).end();
  });
  expect(status).toBe(200);
});

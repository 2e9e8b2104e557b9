import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsOf, startSample, type SampleServer } from './sample-server.js';

let server: SampleServer;
beforeAll(async () => {
  server = await startSample();
});
afterAll(() => server.stop());

const json = { 'content-type': 'application/json' };

describe('the server', () => {
  it('says at its root where everything is', async () => {
    const { status, text } = await server.fetch('/');
    expect(status).toBe(200);
    expect(text).toContain('/graphql');
    expect(text).toContain('/health/ready');
  });

  it.each(['/nowhere', '/graphql/more', '/favicon.ico'])(
    'answers the unknown address %s with 404 in JSON',
    async (path) => {
      const answer = await server.fetch(path);
      expect(answer.status).toBe(404);
      expect(errorsOf(answer)).toEqual([{ code: 'NOT_FOUND', message: expect.stringContaining(path) as string }]);
    },
  );

  it.each(['DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD'])(
    'answers %s for GraphQL with the methods there are',
    async (method) => {
      const answer = await server.fetch('/graphql', { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, POST');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(errorsOf(answer).map(({ code }) => code)).toEqual(method === 'HEAD' ? [] : ['METHOD_NOT_ALLOWED']);
    },
  );

  it('reads no body that comes with a method it does not have', async () => {
    const answer = await server.fetch('/graphql', { method: 'PUT', headers: json, body: 'x'.repeat(2_000_000) });
    expect(answer.status).toBe(405);
  });

  it('answers introspection', async () => {
    const { body } = await server.post('{ __schema { queryType { name } } }');
    expect(body.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });

  it('serves no landing page to a browser', async () => {
    const answer = await server.fetch('/graphql', { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('json');
  });
});

describe('a request that cannot be read', () => {
  it.each(['{', '', 'null{}', '"a', '{"query": "{ hello }",}'])('is refused as not JSON: %j', async (body) => {
    const answer = await server.fetch('/graphql', { method: 'POST', headers: json, body });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([{ code: 'BAD_REQUEST', message: expect.stringContaining('JSON') as string }]);
  });

  it.each([
    'null',
    '[]',
    '7',
    '{}',
    '{"query": 7}',
    '{"query": "{ hello }", "variables": "x"}',
    '[{"query": "{ hello }"}]',
  ])('is refused as not GraphQL: %s', async (body) => {
    const answer = await server.fetch('/graphql', { method: 'POST', headers: json, body });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]?.code).toBe('BAD_REQUEST');
  });

  it('is refused when its body is larger than a megabyte', async () => {
    const answer = await server.post(`{ hello } #${'x'.repeat(1_048_576)}`);
    expect(answer.status).toBe(413);
    expect(errorsOf(answer)).toEqual([
      { code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining('1048576') as string },
    ]);
  });

  it('is refused when it is of another type than JSON', async () => {
    const headers = { 'content-type': 'application/xml' };
    const answer = await server.fetch('/graphql', { method: 'POST', headers, body: '<query/>' });
    expect(answer.status).toBe(415);
    expect(errorsOf(answer)[0]?.code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('is refused when its Host header is no host', async () => {
    const { hostname, port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'a b', 'apollo-require-preflight': 'yes' };
      request({ hostname, port, path: '/graphql?query={hello}', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(400);
  });
});

describe('a request from another site', () => {
  it('is refused where a browser would send it without asking first', async () => {
    const get = await server.fetch('/graphql?query={hello}');
    const post = await server.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query": "{ hello }"}',
    });
    for (const answer of [get, post]) {
      expect(answer.status).toBe(400);
      expect(errorsOf(answer)[0]?.message).toContain('CSRF');
    }
  });

  it('is served with the header that makes a browser ask first', async () => {
    expect((await server.get('{ hello }')).body.data).toEqual({ hello: 'hello world' });
  });
});

describe('an operation', () => {
  it('that changes something is refused as a GET', async () => {
    const answer = await server.get('mutation { greet }');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it('that subscribes is refused over plain HTTP', async () => {
    const answer = await server.post('subscription { greeted }');
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]?.message).toContain('Subscriptions');
  });

  it('is refused when the document has too many tokens', async () => {
    const answer = await server.post(`{ ${'hello '.repeat(10_001)} }`);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]).toMatchObject({
      code: 'GRAPHQL_PARSE_FAILED',
      message: expect.stringContaining('10000 tokens') as string,
    });
  });

  it('is refused when fragments multiply its selections', async () => {
    const answer = await server.post(
      `{ region(key: "a") { ...F0 } } ${fragmentBomb('x: parent { ...N } y: parent { ...N }')}`,
    );
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]?.message).toContain('too many selections');
  });

  it.each([
    ['selections', `{ region(key: "a") { ${'parent { '.repeat(3_000)} key ${'} '.repeat(3_001)} }`],
    ['lists', `{ days(days: ${'['.repeat(4_900)} ${']'.repeat(4_900)}) }`],
    ['objects', `{ days(at: ${'{notes: '.repeat(2_000)} 1 ${'}'.repeat(2_000)}) }`],
    [
      'fragments',
      `{ region(key: "a") { ...F0 } } ${fragmentBomb(`${'parent { '.repeat(50)} ...N ${'} '.repeat(50)}`)}`,
    ],
  ])('is refused when it nests %s too deep', async (_name, query) => {
    const answer = await server.post(query);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]?.code).toBe('NESTED_TOO_DEEP');
  });

  it('is refused when its variables nest too deep', async () => {
    const variables = `${'{"notes":['.repeat(10_000)}${']}'.repeat(10_000)}`;
    const body = `{"query": "query ($at: At) { days(at: $at) }", "variables": {"at": ${variables}}}`;
    const answer = await server.fetch('/graphql', { method: 'POST', headers: json, body });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]?.code).toBe('NESTED_TOO_DEEP');
  });
});

/** Thirty fragments that each use the next, N, twice. */
function fragmentBomb(selections: string): string {
  const fragments = Array.from(
    { length: 30 },
    (_, i) => `fragment F${i} on Region { ${selections.replaceAll('N', `F${i + 1}`)} }`,
  );
  return [...fragments, 'fragment F30 on Region { key }'].join('\n');
}

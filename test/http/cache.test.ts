import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSample, type Answer, type SampleServer } from './sample-server.js';

let server: SampleServer;
beforeAll(async () => {
  server = await startSample();
});
afterAll(() => server.stop());

const IMMUTABLE = 'public, max-age=31536000, immutable';
const ruleOf = ({ headers }: Answer) => headers.get('cache-control');

describe('an answer', () => {
  it.each([
    ['{ pinned }'],
    ['{ a: pinned b: pinned __typename }'],
    ['{ ...F } fragment F on Query { pinned }'],
    ['query A { pinned }'],
  ])('is immutable when all of it is pinned: %s', async (query) => {
    expect(ruleOf(await server.get(query))).toBe(IMMUTABLE);
    expect(ruleOf(await server.post(query))).toBe(IMMUTABLE);
  });

  it.each([
    ['depends on the head', '{ head }'],
    ['depends on the head in part', '{ pinned head }'],
    ['has a part that says nothing of what it depends on', '{ pinned hello }'],
    ['has such a part under another name', '{ pinned: hello ...F } fragment F on Query { b: pinned }'],
    ['describes the schema, which changes with releases', '{ pinned __schema { queryType { name } } }'],
    ['says nothing of what it depends on', '{ hello }'],
  ])('is to be revalidated when it %s', async (_name, query) => {
    expect(ruleOf(await server.get(query))).toBe('no-cache');
    expect(ruleOf(await server.post(query))).toBe('no-cache');
  });

  it.each([
    ['a resolver', '{ pinned crash }'],
    ['a refusal', '{ pinned refusal }'],
    ['validation', '{ pinned nowhere }'],
    ['parsing', '{ pinned'],
  ])('is not kept when it holds an error of %s', async (_name, query) => {
    const got = await server.get(query);
    expect(ruleOf(got)).toBe('no-store');
    expect(got.headers.get('etag')).toBeNull();
    expect(ruleOf(await server.post(query))).toBe('no-store');
  });

  it('is not kept when it was refused before GraphQL', async () => {
    expect(ruleOf(await server.fetch('/graphql?query={hello}'))).toBe('no-store');
    expect(ruleOf(await server.fetch('/nowhere'))).toBe('no-store');
    const body = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' };
    expect(ruleOf(await server.fetch('/graphql', body))).toBe('no-store');
  });

  it('varies with what the client accepts', async () => {
    expect((await server.get('{ hello }')).headers.get('vary')).toBe('accept');
  });
});

describe('the ETag', () => {
  it('is strong, the same for the same answer and another for another', async () => {
    const [one, again, other] = await Promise.all(
      ['{ hello }', '{ hello }', '{ hello(name: "you") }'].map((q) => server.get(q)),
    );
    expect(one?.headers.get('etag')).toMatch(/^"[\w-]{43}"$/);
    expect(again?.headers.get('etag')).toBe(one?.headers.get('etag'));
    expect(other?.headers.get('etag')).not.toBe(one?.headers.get('etag'));
  });

  it('tells the content types apart', async () => {
    const one = await server.get('{ hello }', { accept: 'application/json' });
    const other = await server.get('{ hello }', { accept: 'application/graphql-response+json' });
    expect(other.headers.get('content-type')).toContain('graphql-response');
    expect(other.headers.get('etag')).not.toBe(one.headers.get('etag'));
  });

  it('is not given for a POST', async () => {
    expect((await server.post('{ hello }')).headers.get('etag')).toBeNull();
  });

  it.each([
    ['alone', (etag: string) => etag],
    ['in a list', (etag: string) => `"x", ${etag}`],
    ['as a weak one', (etag: string) => `W/${etag}`],
    ['as any', () => '*'],
  ])('given back %s is answered with 304 and nothing else', async (_name, given) => {
    const first = await server.get('{ pinned }');
    const second = await server.get('{ pinned }', { 'if-none-match': given(first.headers.get('etag') ?? '') });
    expect(second.status).toBe(304);
    expect(second.text).toBe('');
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(ruleOf(second)).toBe(IMMUTABLE);
    expect(second.headers.get('vary')).toBe('accept');
  });

  it('of another answer is answered in full', async () => {
    const answer = await server.get('{ pinned }', { 'if-none-match': '"x"' });
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ pinned: 'as it was' });
  });
});

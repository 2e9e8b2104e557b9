import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { startSample, type SampleServer } from './sample-server.js';

const directory = fileURLToPath(new URL('../../src/http/graphiql/page', import.meta.url));
const examples = [{ query: '{ hello(name: "</script>") }' }];

let server: SampleServer;
let plain: SampleServer;
beforeAll(async () => {
  server = await startSample({ graphiql: { directory, examples } });
  plain = await startSample();
});
afterAll(async () => {
  await server.stop();
  await plain.stop();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, server.url), { headers: { 'accept-encoding': 'identity', ...headers } });

/** How HTML, modules and style sheets name what they load. */
const loading = [
  /\b(?:src|href)="([^"]+)"/g,
  /^(?:import|export|@import) ?(?:[^"';\n]*? from )?["']([^"']+)["']/gm,
  /\bimport\(["']([^"']+)/g,
  /\burl\(["']?([^"')]+)/g,
];

const addressesIn = (text: string): string[] =>
  loading.flatMap((pattern) => [...text.matchAll(pattern)].map(([, address = '']) => address));

const assetsOf = async (): Promise<string[]> =>
  addressesIn(await (await get('/graphiql')).text()).filter((address) => !address.startsWith('data:'));

describe('the page of GraphiQL', () => {
  it('loads everything from the origin that it comes from itself', async () => {
    const page = await get('/graphiql');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const assets = await assetsOf();
    expect(assets.length).toBeGreaterThanOrEqual(6);
    const expected: Record<string, string> = {
      js: 'text/javascript; charset=utf-8',
      css: 'text/css; charset=utf-8',
    };
    for (let index = 0; index < assets.length; index += 1) {
      const address = assets[index] ?? '';
      expect(address).toMatch(/^\/graphiql\/[\w-]{16}\/[\w./-]+$/);
      const asset = await get(address);
      expect({ address, status: asset.status }).toEqual({ address, status: 200 });
      expect(asset.headers.get('content-type')).toBe(expected[address.split('.').at(-1) ?? '']);
      expect(asset.headers.get('x-content-type-options')).toBe('nosniff');
      const text = await asset.text();
      // What is minified is no place to look for modules; it is a script, which cannot load any.
      const further = /page\.js$|graphql-ws|examples\.js|\.css$/.test(address) ? addressesIn(text) : [];
      for (const each of further.filter((found) => !found.startsWith('data:'))) {
        const found = new URL(each, new URL(address, server.url));
        expect(found.origin).toBe(server.url);
        if (!assets.includes(found.pathname)) assets.push(found.pathname);
      }
    }
    expect(assets.filter((address) => address.includes('graphql-ws'))).toHaveLength(2);
  });

  it('forbids the browser to run or to reach anything else', async () => {
    const { headers } = await get('/graphiql');
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
        const [name = '', ...sources] = rule.split(' ');
        return [name, sources];
      }),
    );
    expect(policy).toMatchObject({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
    const allowed = /^'(self|none|sha256-[\w+/=]{44})'$|^data:$/;
    expect(
      Object.values(policy)
        .flat()
        .filter((source) => !allowed.test(source)),
    ).toEqual([]);
    const html = await (await get('/graphiql')).text();
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
  });

  it('is asked for again, and its files are kept for good under names that change with them', async () => {
    const page = await get('/graphiql');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const again = await get('/graphiql', { 'if-none-match': page.headers.get('etag') ?? '' });
    expect({ status: again.status, text: await again.text() }).toEqual({ status: 304, text: '' });
    expect(again.headers.get('content-security-policy')).toContain("default-src 'none'");
    const [first = ''] = await assetsOf();
    const asset = await get(first);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await get(first, { 'if-none-match': asset.headers.get('etag') ?? '' })).status).toBe(304);
    const other = await startSample({ graphiql: { directory, examples: [{ query: '{ other }' }] } });
    expect(await (await fetch(`${other.url}/graphiql`)).text()).not.toContain(first);
    await other.stop();
  });

  it('comes compressed to those who take it so, under another tag', async () => {
    const script = (await assetsOf()).find((address) => address.endsWith('/graphiql.js')) ?? '';
    const { port } = new URL(server.url);
    const whole = Buffer.from(await (await get(script)).arrayBuffer());
    const { request } = await import('node:http');
    const raw = await new Promise<{ readonly headers: Record<string, unknown>; readonly body: Buffer }>((resolve) => {
      request({ port, path: script, headers: { 'accept-encoding': 'br, gzip;q=0.8' } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      }).end();
    });
    expect(raw.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(raw.body.length).toBeLessThan(whole.length / 2);
    expect(gunzipSync(raw.body).equals(whole)).toBe(true);
    expect(raw.headers['etag']).not.toBe((await get(script)).headers.get('etag'));
    expect((await get(script, { 'accept-encoding': 'gzip;q=0' })).headers.get('content-encoding')).toBeNull();
  });

  it('opens with the examples that it was given, whatever is in them', async () => {
    const [first = ''] = await assetsOf();
    const script = await (await get(first.replace(/[^/]+$/, 'examples.js'))).text();
    expect(JSON.parse(script.replace(/^export default /, '').replace(/;\n$/, ''))).toEqual(examples);
  });

  it.each([
    '/graphiql/x/react.js',
    '/graphiql/BASE/../../package.json',
    '/graphiql/BASE/%2e%2e/%2e%2e/package.json',
    '/graphiql/BASE/..%2f..%2fpackage.json',
    '/graphiql/BASE/graphql-ws/../react.js%00.css',
    '/graphiql/BASE/',
    '/graphiql/BASE',
    '/graphiql/BASE/react.js/',
    '/graphiql//etc/passwd',
    '/graphiql/BASE/__proto__',
    '/graphiql/BASE/constructor',
  ])('serves nothing at %s', async (path) => {
    const [first = ''] = await assetsOf();
    const base = first.split('/')[2] ?? '';
    const { port, hostname } = new URL(server.url);
    const { request } = await import('node:http');
    // As it stands: fetch would tidy the path up before it asks.
    const status = await new Promise((resolve) => {
      request({ port, hostname, path: path.replace('BASE', base) }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(404);
  });

  it('is not there where it is off', async () => {
    expect((await plain.fetch('/graphiql')).status).toBe(404);
    expect((await plain.fetch('/')).body).not.toHaveProperty('graphiql');
    expect((await server.fetch('/')).body).toMatchObject({ graphiql: '/graphiql' });
  });
});

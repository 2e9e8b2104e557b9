import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newIssuer, type Issuer } from '../authority/issuer.js';
import { testDirectory } from '../support/directory.js';
import { openAuthorityServer, type AuthorityServer } from './authority-server.js';

const [first, second] = [newIssuer('first'), newIssuer('second', 'RS256')];
const settings = { AUTH_ISSUER: 'https://id.example.org' };
const QUESTION = '{ region(key: "zeeland") { key } }';

const statusFor = async (server: AuthorityServer, issuer: Issuer): Promise<number> =>
  (await server.ask(QUESTION, `Bearer ${await issuer.token()}`)).status;

describe('keys in a file', () => {
  const directory = testDirectory();
  const file = join(directory, 'jwks.json');
  const publish = (...keys: readonly JWK[]): void => writeFileSync(file, JSON.stringify({ keys }));
  let server: AuthorityServer;
  beforeAll(async () => {
    publish(first.jwk);
    server = await openAuthorityServer(directory, { ...settings, AUTH_JWKS: file });
  });
  afterAll(() => server.close());
  afterEach(() => publish(first.jwk));

  it('are taken up and dropped while the server runs', async () => {
    expect(await Promise.all([statusFor(server, first), statusFor(server, second)])).toEqual([200, 401]);
    publish(first.jwk, second.jwk);
    expect(await statusFor(server, second)).toBe(200);
    expect(await statusFor(server, first)).toBe(200);
    publish(second.jwk);
    expect(await statusFor(server, first)).toBe(401);
  });

  it('are waited for, not done without, when the file is gone or broken', async () => {
    for (const spoil of [() => rmSync(file), () => writeFileSync(file, '{"keys": [')]) {
      spoil();
      const answer = await server.ask(QUESTION, `Bearer ${await first.token()}`);
      expect([answer.status, answer.text]).toEqual([500, expect.stringContaining('INTERNAL_SERVER_ERROR')]);
      expect(answer.text).not.toContain('jwks');
      expect((await server.ask(QUESTION)).status).toBe(200);
      publish(first.jwk);
      expect(await statusFor(server, first)).toBe(200);
    }
  });

  it.each([
    ['does not exist', () => rmSync(file), /jwks\.json' does not exist.*AUTH_JWKS/],
    ['is no JSON', () => writeFileSync(file, '-----BEGIN PUBLIC KEY-----'), /is not a JSON Web Key Set/],
    ['is no set', () => writeFileSync(file, JSON.stringify(first.jwk)), /is not a JSON Web Key Set/],
    ['holds a private key', () => publish(first.privateKey.export({ format: 'jwk' }) as JWK), /private or secret key/],
    ['holds a shared secret', () => publish({ kty: 'oct', k: 'c2VjcmV0' }), /private or secret key/],
  ])('keep the server from starting when the file %s', async (_name, spoil, message) => {
    spoil();
    const other = testDirectory();
    await expect(openAuthorityServer(other, { ...settings, AUTH_JWKS: file })).rejects.toThrow(message);
  });
});

describe('keys at a URL', () => {
  const directory = testDirectory();
  let keys: readonly JWK[] | null = [first.jwk];
  let fetched = 0;
  let provider: Server;
  let server: AuthorityServer;
  beforeAll(async () => {
    provider = createServer((_request, response) => {
      fetched += 1;
      response.writeHead(keys === null ? 503 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => void provider.listen(0, '127.0.0.1', resolve));
    const { port } = provider.address() as AddressInfo;
    server = await openAuthorityServer(directory, { ...settings, AUTH_JWKS: `http://127.0.0.1:${port}/certs` });
  });
  afterAll(async () => {
    await server.close();
    provider.close();
  });
  afterEach(() => void vi.useRealTimers());

  /** As the provider's and the server's clocks see it; timers go on as they are. */
  const after = (seconds: number): void =>
    void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });

  it('are fetched when the first token comes, and kept', async () => {
    expect(fetched).toBe(0);
    expect(await statusFor(server, first)).toBe(200);
    expect(await statusFor(server, first)).toBe(200);
    expect(fetched).toBe(1);
  });

  it('are fetched again for a key that is not among them, but not for each', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await statusFor(server, second)).toBe(401);
    expect(fetched).toBe(1);
    keys = [first.jwk, second.jwk];
    after(6);
    expect(await statusFor(server, second)).toBe(200);
    expect(fetched).toBe(2);
  });

  it('no longer let in whom the provider has dropped, ten minutes later', async () => {
    keys = [second.jwk];
    after(700);
    expect(await statusFor(server, first)).toBe(401);
    expect(await statusFor(server, second)).toBe(200);
  });

  it('are waited for, not done without, when the provider does not answer', async () => {
    keys = null;
    after(1_400);
    expect(await statusFor(server, second)).toBe(500);
    expect((await server.ask(QUESTION)).status).toBe(200);
    keys = [second.jwk];
    expect(await statusFor(server, second)).toBe(200);
  });
});

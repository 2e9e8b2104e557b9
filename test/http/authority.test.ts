import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inSeconds, newIssuer } from '../authority/issuer.js';
import { testDirectory } from '../support/directory.js';
import { openAuthorityServer, type AuthorityServer } from './authority-server.js';

const directory = testDirectory();
const issuer = newIssuer();
const rsa = newIssuer('rsa', 'RS256');
const es = newIssuer('es', 'ES256');
const stranger = newIssuer('first');
let server: AuthorityServer;
beforeAll(async () => {
  const jwks = join(directory, 'jwks.json');
  writeFileSync(jwks, JSON.stringify({ keys: [issuer.jwk, rsa.jwk, es.jwk] }));
  server = await openAuthorityServer(directory, { AUTH_JWKS: jwks, AUTH_ISSUER: 'https://id.example.org' });
});
afterAll(() => server.close());

const QUESTION = '{ region(key: "zeeland") { key } }';
const REFUSAL = { errors: [{ message: 'The token is not valid.', extensions: { code: 'UNAUTHENTICATED' } }] };

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = (token: string): [string, string, string] => token.split('.') as [string, string, string];

const usual = { iss: 'https://id.example.org', aud: 'peildatum', sub: 'user-1', roles: ['administrator'] };
const payload = { ...usual, exp: inSeconds(3600) };

/** The classic: a public key is no secret, so a token that is "signed" with its bytes must not pass for a signature. */
const signedWithPublicKey = (secret: string | Buffer, kid: string): string => {
  const content = `${base64({ alg: 'HS256', kid })}.${base64(payload)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
};

const tampered = async (change: (parts: [string, string, string]) => string[]): Promise<string> =>
  change(partsOf(await issuer.token())).join('.');

const badTokens: Readonly<Record<string, () => string | Promise<string>>> = {
  'has no signature and says so (none)': () => `${base64({ alg: 'none' })}.${base64(payload)}.`,
  'has no signature and says so (None)': () => `${base64({ alg: 'None', kid: 'first' })}.${base64(payload)}.`,
  'has no signature and does not say so': () => tampered(([header, body]) => [header, body, '']),
  'is signed with the bytes of a public key as PEM': () =>
    signedWithPublicKey(rsa.publicKey.export({ format: 'pem', type: 'spki' }), 'rsa'),
  'is signed with the bytes of a public key as DER': () =>
    signedWithPublicKey(rsa.publicKey.export({ format: 'der', type: 'spki' }), 'rsa'),
  'is signed with the bytes of a public key of the set': () =>
    signedWithPublicKey(Buffer.from(String(issuer.jwk.x), 'base64url'), 'first'),
  'is signed with the text of a public key of the set': () => signedWithPublicKey(JSON.stringify(issuer.jwk), 'first'),
  'is signed by an algorithm that is not set': () =>
    new SignJWT(payload).setProtectedHeader({ alg: 'PS256', kid: 'rsa' }).sign(rsa.privateKey),
  'names the key of another algorithm': () => issuer.token({}, { kid: 'rsa' }),
  'is signed by a stranger under a known key id': () => stranger.token(),
  'is signed by an unknown key': () => newIssuer('second').token(),
  'brings its own key along': async () => {
    const { privateKey, publicKey } = newIssuer('own');
    const jwk = publicKey.export({ format: 'jwk' }) as Record<string, string>;
    return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', jwk }).sign(privateKey);
  },
  'has expired': () => issuer.token({ exp: inSeconds(-10) }),
  'never expires': () => issuer.token({ exp: undefined }),
  'is not valid yet': () => issuer.token({ nbf: inSeconds(60) }),
  'has another issuer': () => issuer.token({ iss: 'https://id.example.com' }),
  'has an issuer that begins the same': () => issuer.token({ iss: 'https://id.example.org/' }),
  'has no issuer': () => issuer.token({ iss: undefined }),
  'is for another audience': () => issuer.token({ aud: ['other', 'peildatum2'] }),
  'is for no audience': () => issuer.token({ aud: undefined }),
  'is about nobody': () => issuer.token({ sub: undefined }),
  'is about an empty name': () => issuer.token({ sub: '' }),
  'is about an endless name': () => issuer.token({ sub: 'x'.repeat(300) }),
  'is about a name with a NUL in it': () => issuer.token({ sub: 'user\u0000-1' }),
  'is about a name that is no text': () => issuer.token({ sub: 'user-\ud800' }),
  'is about a number': () =>
    // The types forbid what a forger need not mind.
    new SignJWT({ ...payload, sub: 7 as unknown as string })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'first' })
      .sign(issuer.privateKey),
  'expires at a word': () =>
    tampered(([header, , signature]) => [header, base64({ ...usual, exp: 'never' }), signature]),
  'has another payload': () => tampered(([header, , signature]) => [header, base64(payload), signature]),
  'has another header': () =>
    tampered(([, body, signature]) => [base64({ alg: 'EdDSA', kid: 'first', typ: 'x' }), body, signature]),
  'has another signature': () =>
    tampered(([header, body, signature]) => [
      header,
      body,
      (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1),
    ]),
  'has extensions that must be understood': () =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'EdDSA', kid: 'first', crit: ['exp'], exp: 1 })
      .sign(issuer.privateKey, { crit: { exp: true } }),
  'has two parts': () => tampered(([header, body]) => [header, body]),
  'has four parts': () => tampered((parts) => [...parts, 'x']),
  'is a word': () => 'token',
  'is base64 of nothing': () => '..',
};

describe('a token', () => {
  it.each([
    ['EdDSA', issuer],
    ['RS256', rsa],
    ['ES256', es],
  ])('lets in when it is valid, by %s', async (_alg, provider) => {
    const { status, text } = await server.ask(QUESTION, `Bearer ${await provider.token()}`);
    expect(text).toBe('{"data":{"region":{"key":"zeeland"}}}\n');
    expect(status).toBe(200);
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('may follow the scheme written as %j', async (scheme) => {
    expect((await server.ask(QUESTION, `${scheme} ${await issuer.token()}`)).status).toBe(200);
  });

  it('may be for several audiences, and be a few seconds off', async () => {
    const claims = { aud: ['other', 'peildatum'], nbf: inSeconds(3), exp: inSeconds(-3) };
    expect((await server.ask(QUESTION, `Bearer ${await issuer.token(claims)}`)).status).toBe(200);
  });

  it.each(Object.entries(badTokens))('is refused, even to read what is public, when it %s', async (_name, make) => {
    const token = await make();
    server.logged.length = 0;
    const answer = await server.ask(QUESTION, `Bearer ${token}`);
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toEqual(REFUSAL);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.headers['cache-control']).toBe('no-store');
    const lines = server.logged.filter(({ msg }) => msg === 'Refused a token');
    expect(lines).toEqual([expect.objectContaining({ level: 40, reason: expect.stringMatching(/\w/) as string })]);
    for (const part of token.split('.').filter(({ length }) => length > 8)) {
      expect(JSON.stringify(server.logged)).not.toContain(part);
    }
  });

  it('is refused in the same words whatever is wrong with it', async () => {
    const tokens = await Promise.all(Object.values(badTokens).map(async (make) => make()));
    const answers = await Promise.all(tokens.map((token) => server.ask(QUESTION, `Bearer ${token}`)));
    const seen = answers.map(({ status, headers, text }) => {
      const { date: _date, ...rest } = headers;
      return JSON.stringify([status, rest, text]);
    });
    expect(new Set(seen).size).toBe(1);
  });
});

describe('the Authorization field', () => {
  const expectRefused = async (...authorization: readonly string[]): Promise<void> => {
    const { status, text } = await server.ask(QUESTION, ...authorization);
    expect([status, JSON.parse(text)]).toEqual([401, REFUSAL]);
  };

  it('is refused when there are two, whichever is valid', async () => {
    const good = `Bearer ${await issuer.token()}`;
    await expectRefused(good, good);
    await expectRefused(good, 'Bearer x');
    await expectRefused('Bearer x', good);
    await expectRefused(good, '');
    await expectRefused(`${good}, ${good}`);
  });

  it.each(['', 'Bearer', 'Basic YTpi', 'Digest x', 'token'])('is refused when it is %j', (field) =>
    expectRefused(field),
  );

  it('is refused without a scheme', async () => expectRefused(await issuer.token()));

  it('is not needed to read', async () => {
    expect((await server.ask(QUESTION)).status).toBe(200);
  });

  it('is judged for a query that is not valid too, and on a GET', async () => {
    await expectRefused('Bearer x');
    expect((await server.ask('{ nowhere }', 'Bearer x')).status).toBe(401);
    expect((await server.get('/export/nowhere', 'Bearer x')).status).toBe(401);
    expect((await server.get('/health/live', 'Bearer x')).status).toBe(200);
  });
});

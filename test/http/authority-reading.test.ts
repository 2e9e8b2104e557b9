import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteVault } from '../../src/authority/vault/sqlite/index.js';
import { newIssuer } from '../authority/issuer.js';
import { testDirectory } from '../support/directory.js';
import { openAuthorityServer, type Answer, type AuthorityServer } from './authority-server.js';

const issuer = newIssuer();
const PINNED = '{ region(key: "zeeland", at: {asOf: "2020-10-31", position: 100}) { key } }';
const COLUMNS = '{"moments":[{"asOf":"2020-10-31","position":100}]}';
const EXPORT = `/export/cross-tab.csv?subjects=REGION&rows=agreements&columns=${encodeURIComponent(COLUMNS)}`;
const graphqlGet = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;

const start = async (directory: string, settings: Record<string, string>): Promise<AuthorityServer> => {
  const jwks = join(directory, 'jwks.json');
  writeFileSync(jwks, JSON.stringify({ keys: [issuer.jwk] }));
  return openAuthorityServer(directory, { AUTH_JWKS: jwks, AUTH_ISSUER: 'https://id.example.org', ...settings });
};

const codeOf = ({ text }: Answer): unknown =>
  (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;

describe('with READING=authenticated', () => {
  let server: AuthorityServer;
  const directory = testDirectory();
  beforeAll(async () => {
    server = await start(directory, { READING: 'authenticated', AUTH_ROLES_CLAIM: 'realm_access.roles' });
  });
  afterAll(() => server.close());
  const bearing = async (...roles: readonly string[]) => `Bearer ${await issuer.token({ realm_access: { roles } })}`;

  it.each([
    ['a query', () => server.ask(PINNED)],
    ['introspection', () => server.ask('{ __schema { queryType { name } } }')],
    ['__typename', () => server.ask('{ __typename }')],
    ['a query that is not valid', () => server.ask('{ nowhere }')],
    ['a mutation', () => server.ask('mutation { __typename }')],
    ['an export', () => server.get(EXPORT)],
    ['an export that does not exist', () => server.get('/export/x')],
  ])('refuses %s without a token', async (_name, ask) => {
    const answer = await ask();
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each(['reader', 'recorder', 'publisher', 'administrator'])('answers a %s', async (role) => {
    const token = await bearing('offline_access', role);
    expect((await server.ask(PINNED, token)).status).toBe(200);
    expect((await server.get(EXPORT, token)).status).toBe(200);
  });

  it('refuses who is known and has no role, and says so', async () => {
    for (const answer of [
      await server.ask(PINNED, await bearing()),
      await server.get(EXPORT, await bearing('guest')),
    ]) {
      expect([answer.status, codeOf(answer)]).toEqual([403, 'FORBIDDEN']);
    }
  });

  it('lets no cache answer in its place', async () => {
    for (const answer of [
      await server.ask(PINNED, await bearing('reader')),
      await server.get(EXPORT, await bearing('reader')),
    ]) {
      expect(answer.headers['cache-control']).toBe('private, no-cache');
    }
  });

  it('says to everybody whether it is well', async () => {
    expect((await server.get('/health/live')).status).toBe(200);
    expect((await server.get('/health/ready')).status).toBe(200);
  });
});

describe('with READING=public', () => {
  let server: AuthorityServer;
  const directory = testDirectory();
  beforeAll(async () => {
    server = await start(directory, {});
  });
  afterAll(() => server.close());

  it('answers who has no token, and who has one without a role', async () => {
    const token = `Bearer ${await issuer.token({ roles: [] })}`;
    for (const authorization of [[], [token]]) {
      expect((await server.ask(PINNED, ...authorization)).status).toBe(200);
      expect((await server.get(EXPORT, ...authorization)).status).toBe(200);
    }
  });

  it('refuses a CSRF-prone GET as it did, with a token or without', async () => {
    expect((await server.get(graphqlGet(PINNED))).status).toBe(400);
  });

  it('shows the name of an actor while there is one, and never caches it for good', async () => {
    const question =
      '{ region(key: "zeeland", at: {asOf: "2020-10-31", position: 400}) { status(scale: "agreements") { recordedBy { id NAME } } } }';
    const nameless = await server.ask(question.replace(' NAME', ''));
    expect(nameless.headers['cache-control']).toContain('immutable');
    const { id } = (JSON.parse(nameless.text) as { data: { region: { status: { recordedBy: { id: string } } } } }).data
      .region.status.recordedBy;

    const named = async (): Promise<unknown> => {
      const { text, headers } = await server.ask(question.replace('NAME', 'name'));
      expect(headers['cache-control']).toBe('no-cache');
      return (JSON.parse(text) as { data: { region: { status: { recordedBy: { name: unknown } } } } }).data.region
        .status.recordedBy.name;
    };
    expect(await named()).toBeNull();
    const vault = openSqliteVault(join(directory, 'data', 'vault.db'));
    await vault.saveActor(id, { name: 'Anna de Vries', email: null });
    expect(await named()).toBe('Anna de Vries');
    await vault.erase(id);
    expect(await named()).toBeNull();
    await vault.close();
  });
});

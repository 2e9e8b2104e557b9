import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { openPostgresVault } from '../../src/authority/vault/postgres/index.js';
import type { Vault } from '../../src/authority/vault/port.js';
import { startProxy, type Proxy } from '../support/postgres/proxy.js';
import { startPostgres, type PostgresServer } from '../support/postgres/server.js';
import { describeOnPostgres, inSchema, onPostgres } from '../support/postgres/shared.js';

const ISSUER = 'https://id.example.org';
const anna = { name: 'Anna de Vries', email: 'anna@example.org' };

describeOnPostgres('a vault whose PostgreSQL server goes away', () => {
  let server: PostgresServer;
  let proxy: Proxy;
  let schema = '';
  let schemas = 0;
  const opened: Vault[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());
  beforeEach(async () => {
    proxy = await startProxy(server.url);
    schema = `vault_${(schemas += 1)}`;
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((vault) => vault.close()));
    await proxy.close();
  });

  const open = async (url: string, retryTimeoutMs?: number): Promise<Vault> => {
    const vault = await openPostgresVault({
      url: inSchema(url, schema),
      onIncompleteErasure: () => {},
      ...(retryTimeoutMs === undefined ? {} : { retryTimeoutMs }),
    });
    opened.push(vault);
    return vault;
  };

  it.each(['FAST', 'IMMEDIATE'] as const)('and comes back (%s) keeps people waiting, and nobody else', async (how) => {
    const vault = await open(server.url);
    const id = await vault.findOrAddActor(ISSUER, 'user-1', anna);
    await server.stop(how);
    const waiting = Promise.all([
      vault.findOrAddActor(ISSUER, 'user-1', anna),
      vault.namesOf([id]),
      vault.statusOf(id),
      vault.saveActor('own', anna),
      vault.findOrAddActor(ISSUER, 'user-2', anna),
      vault.runExclusive(() => 'alone'),
    ]);
    await server.start();
    const [same, names, status, saved, other, exclusive] = await waiting;
    expect([same, names, status, saved, exclusive]).toEqual([id, new Map([[id, anna.name]]), 'KNOWN', true, 'alone']);
    expect(other).not.toBe(id);
  });

  it('for good is told in time, in words without the password', async () => {
    const vault = await open(proxy.url, 300);
    proxy.shut();
    for (const ask of [
      () => vault.findOrAddActor(ISSUER, 'user-1', anna),
      () => vault.erase('a'),
      () => vault.runExclusive(() => 1),
    ]) {
      const failure: unknown = await ask().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ExpectedError);
      expect(String(failure)).toMatch(
        /The vault at postgres:\/\/127\.0\.0\.1:\d+\/postgres, schema \w+ cannot be reached/,
      );
      expect(String(failure)).not.toMatch(/p@ss|p%40ss|Anna/);
    }
    proxy.open();
    expect(await vault.runExclusive(() => 7)).toBe(7);
  });

  it.each([
    ['entered', 'INSERT INTO subject', (vault: Vault) => vault.findOrAddActor(ISSUER, 'user-1', anna)],
    ['enrolled', 'INSERT INTO actor', (vault: Vault) => vault.saveActor('user-1', anna)],
    ['erased', 'DELETE FROM subject', (vault: Vault) => vault.erase('user-1')],
  ])('before it has answered has %s somebody once', async (_, words, act) => {
    const vault = await open(proxy.url);
    const hold = proxy.holdUpAfter(words);
    const acting = act(vault);
    await hold.held;
    const rows = () =>
      onPostgres(server.url, async (client) => (await client.query(`SELECT id FROM ${schema}.actor`)).rows);
    const done = await rows();
    expect(done).toHaveLength(1);
    // The answer never comes.
    proxy.shut();
    proxy.open();
    await acting;
    await act(vault);
    expect(await rows()).toEqual(done);
  });
});

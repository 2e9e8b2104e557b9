import { expect, it } from 'vitest';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { openPostgresVault } from '../../src/authority/vault/postgres/index.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { openReadDatabase } from '../../src/read-models/database/open.js';
import { describeOnPostgres, inSchema, onPostgres, testSchemas } from '../support/postgres/shared.js';

describeOnPostgres('a vault on PostgreSQL', (url) => {
  const newSchema = testSchemas(url);
  const told: string[] = [];
  const openAt = (at: string) =>
    openPostgresVault({ url: at, retryTimeoutMs: 100, onIncompleteErasure: (message) => void told.push(message) });
  const run = (sql: string) => onPostgres(url, (client) => client.query(sql));

  function changed(change: (url: URL) => void, schema = 'nowhere'): string {
    const copy = new URL(inSchema(url, schema));
    change(copy);
    return copy.href;
  }

  const refusalOf = async (at: string): Promise<string> => {
    const failure: unknown = await openAt(at).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ExpectedError);
    return String(failure);
  };

  it.each([
    ['cannot be reached', changed((each) => (each.port = '1')), /127\.0\.0\.1:1\/postgres, schema nowhere cannot be/],
    ['refuses the password', changed((each) => (each.password = 'wrong-secret')), /authentication failed.*tester/],
    ['has no such database', changed((each) => (each.pathname = '/no_such')), /"no_such" does not exist/],
    ['speaks no TLS', changed((each) => each.searchParams.set('sslmode', 'verify-full')), /does not support SSL/],
    [
      'is named by half a URL',
      'postgres://tester:sec ret@host:port/db',
      /The URL of the vault does not read postgres:/,
    ],
  ])('that %s is told with its remedy, and without the password', async (_, at, says) => {
    const refusal = await refusalOf(at);
    expect(refusal).toMatch(says);
    expect(refusal).not.toMatch(/p@ssw|p%40ssw|secret|sec ret/);
  });

  it('is not made where the log or the read models are, nor they where it is', async () => {
    const [log, read, vault] = [newSchema(), newSchema(), newSchema()];
    await (await openPostgresEventStore({ url: inSchema(url, log) })).close();
    await (await openReadDatabase({ engine: 'postgres', url: inSchema(url, read) })).close();
    await (await openAt(inSchema(url, vault))).close();
    for (const schema of [log, read]) {
      expect(await refusalOf(inSchema(url, schema))).toMatch(/not those of a Peildatum vault.*VAULT_URL=postgres/);
    }
    await expect(openPostgresEventStore({ url: inSchema(url, vault) })).rejects.toThrow(/not those of a Peildatum log/);
    await expect(openReadDatabase({ engine: 'postgres', url: inSchema(url, vault) })).rejects.toThrow(/not those of/);
    await (await openAt(inSchema(url, vault))).close();
  });

  it('of a newer release, or with a part of it gone, is left as it is', async () => {
    const schema = newSchema();
    await (await openAt(inSchema(url, schema))).close();
    await run(`ALTER TABLE ${schema}.subject RENAME TO elsewhere`);
    expect(await refusalOf(inSchema(url, schema))).toMatch(/is damaged: it lacks subject/);
    await run(`INSERT INTO ${schema}.vault_version (version) VALUES (99)`);
    expect(await refusalOf(inSchema(url, schema))).toMatch(/newer release.*version 99/);
  });

  it('serves a user with the rights that the documentation lists, who is told what an erasure leaves', async () => {
    const [schema, user] = [newSchema(), newSchema()];
    await run(`CREATE ROLE ${user} LOGIN PASSWORD 'own'`);
    const own = changed((each) => {
      each.username = user;
      each.password = 'own';
    }, schema);
    expect(await refusalOf(own)).toMatch(/may not be used by this user. Grant what is missing/);
    await (await openAt(inSchema(url, schema))).close();
    expect(await refusalOf(own)).toMatch(/may not be used by this user/);
    await run(`GRANT USAGE ON SCHEMA ${schema} TO ${user}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${user}`);
    expect(await refusalOf(own)).toMatch(/may not be read and written by this user/);
    await run(`
      GRANT INSERT, UPDATE ON ${schema}.actor TO ${user};
      GRANT INSERT, DELETE ON ${schema}.subject TO ${user}`);
    const vault = await openAt(own);
    const id = await vault.findOrAddActor('issuer', 'user-1', { name: 'Anna', email: null });
    await vault.saveActor(id, { name: 'Anna Jansen', email: null });
    expect(await vault.namesOf([id])).toEqual(new Map([[id, 'Anna Jansen']]));
    expect(await vault.runExclusive(() => 7)).toBe(7);
    expect(told).toEqual([]);
    await vault.erase(id);
    expect(await vault.statusOf(id)).toBe('ERASED');
    expect(told.splice(0)).toEqual([expect.stringContaining(`run VACUUM FULL ${schema}.actor, ${schema}.subject`)]);
    await vault.close();
    await run(`DROP OWNED BY ${user}; DROP ROLE ${user}`);
  });
});

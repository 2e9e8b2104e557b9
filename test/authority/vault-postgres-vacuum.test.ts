import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresVault } from '../../src/authority/vault/postgres/index.js';
import type { Vault } from '../../src/authority/vault/port.js';
import { startPostgres, type PostgresServer } from '../support/postgres/server.js';
import { describeOnPostgres, inSchema, onPostgres } from '../support/postgres/shared.js';

const ISSUER = 'https://id.example.org';

describeOnPostgres('what PostgreSQL keeps of people', () => {
  let server: PostgresServer;
  let schemas = 0;
  beforeAll(async () => {
    // It logs all that it can.
    const log = { log_statement: 'all', log_min_duration_statement: '0', log_min_messages: 'debug1' };
    server = await startPostgres({ settings: { ...log, logging_collector: 'on', log_directory: '.' } });
  });
  afterAll(() => server?.remove());

  async function newVault(user?: string): Promise<{ vault: Vault; schema: string; told: string[] }> {
    const schema = `vault_${(schemas += 1)}`;
    const told: string[] = [];
    const url = new URL(inSchema(server.url, schema));
    if (user !== undefined) {
      url.username = user;
      url.password = 'own';
    }
    const vault = await openPostgresVault({ url: url.href, onIncompleteErasure: (message) => void told.push(message) });
    return { vault, schema, told };
  }

  /** All bytes of the tables and indexes in the schema, as they are on the disk. */
  const bytesOf = (schema: string): Promise<string> =>
    onPostgres(server.url, async (client) => {
      await client.query('CHECKPOINT');
      const { rows } = await client.query<{ bytes: Buffer }>(
        `SELECT pg_read_binary_file(pg_relation_filepath(pg_class.oid)) AS bytes FROM pg_class
         WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'i')`,
        [schema],
      );
      return rows.map(({ bytes }) => bytes.toString('latin1')).join('');
    });

  it('is nothing in any file of the vault, once they were erased', async () => {
    const { vault, schema, told } = await newVault();
    const ids: string[] = [];
    for (let index = 0; index < 100; index += 1) {
      const name = `Person-${index}. ${'x'.repeat(index % 90)}`;
      ids.push(await vault.findOrAddActor(ISSUER, `subject-${index}.`, { name, email: `mail-${index}@example.org` }));
    }
    for (const index of [0, 17, 99]) {
      await vault.findOrAddActor(ISSUER, `subject-${index}.`, { name: `Married-${index}.`, email: null });
      const traces = [`Person-${index}.`, `Married-${index}.`, `mail-${index}@`, `subject-${index}.`];
      const before = await bytesOf(schema);
      for (const trace of traces) expect(before).toContain(trace);
      await vault.erase(ids[index] ?? '');
      const after = await bytesOf(schema);
      for (const trace of traces) expect(after).not.toContain(trace);
    }
    expect(await bytesOf(schema)).toContain('Person-18.');
    expect(told).toEqual([]);
    await vault.close();
  });

  it('is told of, where somebody else’s transaction keeps it', async () => {
    const { vault, schema, told } = await newVault();
    const id = await vault.findOrAddActor(ISSUER, 'user-1', { name: 'Petronella', email: null });
    const dump = new Client({ connectionString: server.url });
    await dump.connect();
    await dump.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
    await vault.erase(id);
    expect(await bytesOf(schema)).toContain('Petronella');
    expect(told.splice(0)).toEqual([expect.stringMatching(/still keeps what was erased.*VACUUM FULL/)]);

    const { rows } = await dump.query(`SELECT name FROM ${schema}.actor`);
    expect(rows).toEqual([{ name: 'Petronella' }]);
    await vault.erase(id);
    expect(told.splice(0)).toEqual([expect.stringMatching(/could not be rewritten.*lock timeout.*VACUUM FULL/)]);
    expect(await vault.statusOf(id)).toBe('ERASED');

    await dump.query('COMMIT');
    await dump.end();
    await vault.erase(id);
    expect(told).toEqual([]);
    expect(await bytesOf(schema)).not.toContain('Petronella');
    await vault.close();
  });

  it('is not in the statistics of its planner', async () => {
    const { vault, schema } = await newVault();
    for (let index = 0; index < 50; index += 1) {
      await vault.findOrAddActor(ISSUER, `user-${index}`, { name: 'Petronella', email: 'p@example.org' });
    }
    const rows = await onPostgres(server.url, async (client) => {
      await client.query(`ANALYZE ${schema}.actor, ${schema}.subject`);
      return (await client.query('SELECT attname FROM pg_stats WHERE schemaname = $1 ORDER BY 1', [schema])).rows;
    });
    expect(rows).toEqual([{ attname: 'actor' }, { attname: 'erased' }, { attname: 'id' }, { attname: 'issuer' }]);
    await vault.close();
  });

  it('is not in its own log, of whom it obeys in that or who was told so by an administrator', async () => {
    await onPostgres(server.url, (client) =>
      client.query(`
        CREATE ROLE plain LOGIN PASSWORD 'own';
        ALTER ROLE plain SET log_parameter_max_length = 0;
        GRANT CREATE ON DATABASE postgres TO plain`),
    );
    for (const user of [undefined, 'plain']) {
      const { vault } = await newVault(user);
      const id = await vault.findOrAddActor(ISSUER, 'user-secret', { name: 'Quirinus', email: 'quirinus@example.org' });
      await vault.findOrAddActor(ISSUER, 'user-secret', { name: 'Quirinus Secundus', email: null });
      await vault.saveActor('own-1', { name: 'Quirinus Tertius', email: null });
      expect((await vault.namesOf([id])).size).toBe(1);
      await vault.erase(id);
      await vault.close();
    }
    const log = await onPostgres(
      server.url,
      async (client) => (await client.query<{ log: string }>('SELECT pg_read_file(pg_current_logfile()) AS log')).rows,
    );
    expect(log[0]?.log).toContain('INSERT INTO subject');
    expect(log[0]?.log).not.toMatch(/quirinus|user-secret/i);
  });
});

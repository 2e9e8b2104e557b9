import { expect, it } from 'vitest';
import { StoreUnusableError } from '../../src/event-store/errors.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { append, event } from '../contract/event-store/support.js';
import { describeOnPostgres, onPostgres, testSchemas } from '../support/postgres/shared.js';
import { testStores } from '../support/postgres/stores.js';

/** In milliseconds: what is not told at once is told to no test. */
const FOR_EVER = 3_600_000;

describeOnPostgres('a PostgreSQL server that does not let somebody in', (url) => {
  const newSchema = testSchemas(url);
  const open = testStores();
  const user = newSchema();

  /** The URL with some parts of it exchanged. */
  function changed(change: (url: URL) => void): string {
    const copy = new URL(url);
    change(copy);
    return copy.href;
  }

  async function expectRefusal(at: string, code: StoreUnusableError['code'], says: RegExp): Promise<void> {
    const failure: unknown = await openPostgresEventStore({
      url: at,
      schema: 'nowhere',
      retryTimeoutMs: FOR_EVER,
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreUnusableError);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(says) as string });
    expect(String(failure)).not.toMatch(/p@ssw|p%40ssw|secret|sec ret/);
  }

  it('is told with its place and the remedy, and without the password', async () => {
    const nobody = changed((each) => (each.port = '1'));
    await expectRefusal(
      nobody,
      'UNREACHABLE',
      /127\.0\.0\.1:1\/postgres, schema nowhere cannot be reached.*ECONNREFUSED/,
    );
    await expectRefusal(
      changed((each) => (each.hostname = 'no-such-host.invalid')),
      'UNREACHABLE',
      /no-such-host\.invalid/,
    );
    await expectRefusal(
      changed((each) => (each.password = 'wrong-secret')),
      'REFUSED',
      /password authentication failed.*tester/,
    );
    await expectRefusal(
      changed((each) => {
        each.password = '';
        each.searchParams.set('password', 'secret');
      }),
      'REFUSED',
      /cannot be entered/,
    );
    await expectRefusal(
      changed((each) => (each.pathname = '/no_such_database')),
      'REFUSED',
      /database "no_such_database" does not exist/,
    );
    await expectRefusal(
      changed((each) => each.searchParams.set('sslmode', 'verify-full')),
      'REFUSED',
      /does not support SSL/,
    );
    await expectRefusal(
      changed((each) => each.searchParams.set('sslrootcert', '/no/such/file')),
      'REFUSED',
      /no such file/,
    );
    await expectRefusal('postgres://tester:secret@', 'UNSUPPORTED', /does not read postgres:/);
    await expectRefusal('postgres://tester:sec ret@host:port/db', 'UNSUPPORTED', /does not read postgres:/);
  });

  it('is told who may not create the log, not write it, or not read it, and lets in who may', async () => {
    const schema = newSchema();
    const run = (sql: string) => onPostgres(url, (client) => client.query(sql));
    await run(`CREATE ROLE ${user} LOGIN PASSWORD 'own'`);
    const own = changed((each) => {
      each.username = user;
      each.password = 'own';
    });
    const opening = () => openPostgresEventStore({ url: own, schema });
    const notWritable = expect.objectContaining({ code: 'NOT_WRITABLE' }) as Error;
    await expect(opening()).rejects.toThrow(notWritable);
    await append(await open({ url, schema }), [event('a')]);
    await expect(opening()).rejects.toThrow(notWritable);
    await run(`GRANT USAGE ON SCHEMA ${schema} TO ${user}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${user}`);
    await expect(opening()).rejects.toThrow(/not written by this user/);
    await run(`
      GRANT INSERT ON ${schema}.event, ${schema}.request, ${schema}.subtree, ${schema}.checkpoint TO ${user};
      GRANT INSERT, UPDATE ON ${schema}.stream TO ${user};
      GRANT UPDATE ON ${schema}.log_end TO ${user}`);
    await append(await open({ url: own, schema }), [event('a')], { expected: new Map([['a', 0]]) });
    await run(`REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${user}; DROP OWNED BY ${user}; DROP ROLE ${user}`);
  });
});

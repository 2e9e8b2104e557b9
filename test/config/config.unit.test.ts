import { describe, expect, it } from 'vitest';
import { readConfig, settingsHelp } from '../../src/config/config.js';
import { settings } from '../../src/config/settings.js';

const problemsOf = (environment: Record<string, string>) => readConfig(environment).problems;

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      config: {
        port: 4000,
        host: '127.0.0.1',
        dataDir: './data',
        eventStoreUrl: { engine: 'sqlite', path: './data/events.db' },
        readDatabaseUrl: { engine: 'sqlite', path: './data/read.db' },
        vaultUrl: { engine: 'sqlite', path: './data/vault.db' },
        timeZone: 'Europe/Amsterdam',
        logLevel: 'info',
        projecting: 'on',
        projectionLeaseSeconds: 10,
        readyLag: 1000,
        graphiql: 'on',
        reading: 'public',
        authJwks: { kind: 'FILE', path: './data/keys/jwks.json' },
        authIssuer: 'peildatum',
        authAudience: 'peildatum',
        authAlgorithms: ['EdDSA', 'ES256', 'RS256'],
        authRolesClaim: 'roles',
        logOrigin: 'localhost/peildatum',
        checkpointKey: './data/keys/checkpoint.key',
        checkpointIntervalMinutes: 60,
      },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', HOST: '  ' })).toEqual(readConfig({}));
  });

  it('puts the databases in the data directory unless their URLs say otherwise', () => {
    const { config } = readConfig({ DATA_DIR: '/srv/peil', READ_DATABASE_URL: 'sqlite:/fast/read.db' });
    expect(config?.eventStoreUrl).toEqual({ engine: 'sqlite', path: '/srv/peil/events.db' });
    expect(config?.readDatabaseUrl).toEqual({ engine: 'sqlite', path: '/fast/read.db' });
  });

  it('reads every setting', () => {
    const { config } = readConfig({ PORT: '0', HOST: '::1', TIME_ZONE: 'UTC', LOG_LEVEL: 'silent' });
    expect(config).toMatchObject({ port: 0, host: '::1', timeZone: 'UTC', logLevel: 'silent' });
  });

  it('takes the keys of tokens from a URL or a file', () => {
    const sourceOf = (AUTH_JWKS: string) => readConfig({ AUTH_JWKS }).config?.authJwks;
    const url = 'https://id.example.org/jwks?realm=zorg';
    expect(sourceOf(url)).toEqual({ kind: 'URL', url });
    expect(sourceOf('/etc/peildatum/jwks.json')).toEqual({ kind: 'FILE', path: '/etc/peildatum/jwks.json' });
    for (const AUTH_JWKS of ['https://', 'ftp://id.example.org/jwks', 'file:///etc/jwks.json']) {
      expect(problemsOf({ AUTH_JWKS })).toEqual([expect.stringContaining('AUTH_JWKS')]);
    }
  });

  it('takes only algorithms of which it holds no secret', () => {
    expect(readConfig({ AUTH_ALGORITHMS: 'PS256, ES384,PS256' }).config?.authAlgorithms).toEqual(['PS256', 'ES384']);
    for (const AUTH_ALGORITHMS of ['none', 'HS256', 'EdDSA,HS512', 'RS256,', 'rs256']) {
      expect(problemsOf({ AUTH_ALGORITHMS })).toEqual([expect.stringContaining('EdDSA, ES256')]);
    }
  });

  it('names the variable, what it got and what it accepts', () => {
    expect(problemsOf({ PORT: 'http' })).toEqual([
      'PORT is "http"; it accepts a whole number from 0 to 65535; 0 takes any free port.',
    ]);
  });

  it('tells all problems at once', () => {
    const problems = problemsOf({
      PORT: '65536',
      HOST: 'http://localhost',
      EVENT_STORE_URL: 'mysql://peil:secret@db/log',
      READ_DATABASE_URL: 'read.db',
      TIME_ZONE: 'Europe/Rotterdam',
      LOG_LEVEL: 'INFO',
    });
    expect(problems?.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'HOST',
      'EVENT_STORE_URL',
      'READ_DATABASE_URL',
      'TIME_ZONE',
      'LOG_LEVEL',
    ]);
  });

  it.each(['-1', '4000.0', '0x10', '1e3', '99999', ' 80 81'])('refuses the port %j', (PORT) => {
    expect(problemsOf({ PORT })).toHaveLength(1);
  });

  it.each([
    'sqlite:',
    'sqlite://data/events.db',
    'sqlite::memory:',
    'mysql://localhost/log',
    '/data/events.db',
    'postgres:',
    'postgres://localhost',
    'postgres://localhost/',
    'postgres://localhost/one/two',
    'postgres://localhost:port/log',
    'POSTGRES://localhost/log',
    'kurrentdb:',
    'kurrentdb://',
    'kurrentdb://peil@localhost',
    'eventstore://localhost:2113',
  ])('refuses the event store %j and says which are accepted', (EVENT_STORE_URL) => {
    const [problem, ...others] = problemsOf({ EVENT_STORE_URL }) ?? [];
    expect(problem).toMatch(/sqlite:relative\/path.*postgres:\/\/user:password@host:port\/database/);
    expect(others).toEqual([]);
  });

  it.each([
    'postgres://localhost/log',
    'postgresql://peil:p%40ss@db.example.org:5433/log?sslmode=verify-full&schema=own',
    'postgres:///log?host=/var/run/postgresql',
  ])('hands the event store %j to PostgreSQL as it is', (url) => {
    expect(readConfig({ EVENT_STORE_URL: url }).config?.eventStoreUrl).toEqual({ engine: 'postgres', url });
  });

  it.each([
    'kurrentdb://localhost',
    'esdb://peil:p%40ss@db.example.org:2113?tls=true&log=own&index=/var/lib/peildatum/index.db',
    'kurrentdb+discover://peil:pass@cluster.example.org:2113',
    'esdb+discover://one:2113,two:2113,three:2113?nodePreference=leader',
  ])('hands the event store %j to KurrentDB as it is', (url) => {
    expect(readConfig({ EVENT_STORE_URL: url }).config?.eventStoreUrl).toEqual({ engine: 'kurrentdb', url });
  });

  it.each([
    'mysql://peil:secret@db/log',
    'kurrentdb://peil:secret@',
    'postgres://peil:secret@db:port/log',
    'postgres://peil:se/cr@et@db:port/log',
    'postgres:peil:secret@db/log',
    'postgres:/peil:secret@db/log',
    'postgres://db:port/log?user=peil&password=secret',
  ])('repeats no password of %j', (EVENT_STORE_URL) => {
    const problems = problemsOf({ EVENT_STORE_URL })?.join() ?? '';
    expect(problems).toContain('***');
    expect(problems).not.toMatch(/secret|se\/cr|et@/);
  });

  it('refuses one file for the log and the read models, however it is written', () => {
    const problems = problemsOf({ EVENT_STORE_URL: 'sqlite:./x/../one.db', READ_DATABASE_URL: 'sqlite:one.db' });
    expect(problems).toEqual([expect.stringContaining('READ_DATABASE_URL')]);
  });

  it('hands read models on a server to PostgreSQL as they are named, and knows no other server', () => {
    const url = 'postgres://peil:p%40ss@db.example.org:5433/reports?sslmode=verify-full&schema=own';
    expect(readConfig({ READ_DATABASE_URL: url }).config?.readDatabaseUrl).toEqual({ engine: 'postgres', url });
    for (const READ_DATABASE_URL of ['postgres://localhost', 'kurrentdb://localhost', 'POSTGRES://localhost/x']) {
      expect(problemsOf({ READ_DATABASE_URL })).toEqual([expect.stringMatching(/^READ_DATABASE_URL .*postgres:/)]);
    }
  });

  it.each([
    ['postgres://one/x?schema=a', 'postgres://two/x?schema=a', true],
    ['postgres://one/x', 'postgres://one/x', true],
    ['postgres://peil:secret@one/x?schema=a', 'postgresql://other:word@one/x?schema=a', false],
    ['postgres://one/x', 'postgres://one/x?schema=peildatum', false],
    ['postgres://one/x?schema=peildatum_read', 'postgres://one/x', false],
  ])('takes a log at %s and read models at %s for places of their own: %s', (log, read, fine) => {
    const problems = problemsOf({ EVENT_STORE_URL: log, READ_DATABASE_URL: read });
    if (fine) expect(problems).toBeUndefined();
    else expect(problems).toEqual([expect.stringMatching(/^READ_DATABASE_URL names the same schema.*another schema/)]);
    expect(String(problems)).not.toMatch(/secret|word/);
  });

  it('hands a vault on a server to PostgreSQL as it is named, and knows no other server', () => {
    const url = 'postgres://peil:p%40ss@db.example.org:5433/people?schema=own';
    expect(readConfig({ VAULT_URL: url }).config?.vaultUrl).toEqual({ engine: 'postgres', url });
    for (const VAULT_URL of ['postgres://peil:secret@localhost', 'kurrentdb://localhost', 'vault.db']) {
      const problems = problemsOf({ VAULT_URL });
      expect(problems).toEqual([expect.stringMatching(/^VAULT_URL is .*it accepts sqlite:path or postgres:/)]);
      expect(String(problems)).not.toContain('secret');
    }
  });

  const db = 'postgres://peil:secret@one/x';
  it.each([
    [{ EVENT_STORE_URL: db, READ_DATABASE_URL: db, VAULT_URL: 'postgres://other:word@one/x' }, null],
    [{ EVENT_STORE_URL: db, VAULT_URL: `${db}?schema=peildatum` }, 'schema as EVENT_STORE_URL'],
    [{ EVENT_STORE_URL: db, VAULT_URL: 'postgres://two/x?schema=peildatum' }, null],
    [{ READ_DATABASE_URL: `${db}?schema=a`, VAULT_URL: 'postgres://other:word@one/x?schema=a' }, 'schema as READ_DATA'],
    [{ EVENT_STORE_URL: 'sqlite:one.db', VAULT_URL: 'sqlite:./x/../one.db' }, 'file as EVENT_STORE_URL'],
    [{ VAULT_URL: 'sqlite:./data/read.db' }, 'file as READ_DATABASE_URL'],
  ])('takes no place for a vault where something else is: %j', (environment, problem) => {
    const problems = problemsOf(environment);
    if (problem === null) expect(problems).toBeUndefined();
    else expect(problems).toEqual([expect.stringContaining(`VAULT_URL names the same ${problem}`)]);
    expect(String(problems)).not.toMatch(/secret|word/);
  });

  it('lists every setting, what it accepts and its default in the help', () => {
    const help = settingsHelp();
    for (const setting of Object.values(settings)) {
      expect(help).toContain(setting.name);
      expect(help).toContain(setting.accepts);
      expect(help).toContain(`Default: ${setting.default}`);
    }
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

import Database from 'better-sqlite3';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSqliteVault } from '../../src/authority/vault/sqlite/index.js';
import { digestOf } from '../../src/files/file-digest.js';
import { readManifest } from '../../src/backup/manifest.js';
import { register } from '../../src/cli/commands/backup.js';
import { register as restore } from '../../src/cli/commands/restore.js';
import { newEventId } from '../../src/event-store/event-id.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { verifyLogFile } from '../../src/event-store/sqlite/verify-log-file.js';
import { runCommand } from '../support/command-line.js';
import { testDirectory } from '../support/directory.js';
import { logIn, startInstallation } from '../support/installation.js';

const directory = testDirectory();
const dataDir = join(directory, 'data');
let number = 0;

const backupWith = async (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  const out = join(directory, `backup-${(number += 1)}`);
  return { out, ...(await runCommand(register, ['backup', '--out', out, ...args], env)) };
};
const backup = (from: string, ...args: readonly string[]) => backupWith({ DATA_DIR: from }, ...args);

/** The installation again, for a test to damage. */
const copied = (): string => {
  const copy = join(directory, `copy-${(number += 1)}`);
  cpSync(dataDir, copy, { recursive: true });
  return copy;
};

const anEvent = () => ({
  id: newEventId(),
  stream: 'programme',
  type: 'MilestoneRecorded',
  schemaVersion: 2,
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  data: { on: '2021', precision: 'YEAR', text: 'It happened.', evidence: [] },
});

describe('a backup', () => {
  beforeAll(async () => {
    await (await startInstallation(dataDir)).stop();
    const log = openSqliteEventStore({ file: logIn(dataDir) });
    await log.append({ events: [anEvent(), anEvent()], request: { idempotencyKey: 'key', digest: 'digest' } });
    await log.close();
  });

  it('holds the log, the vault and the public keys, and a manifest that is true of them', async () => {
    const { out, code, stdout, stderr } = await backup(dataDir);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Backed up and verified events up to position 5154, recorded at .*events\.db, vault\.db/);
    const manifest = readManifest(out);
    expect(manifest.files.map(({ name }) => name)).toEqual([
      'events.db',
      'vault.db',
      'keys/jwks.json',
      'keys/checkpoint.vkey',
    ]);
    for (const { name, ...digest } of manifest.files) expect(await digestOf(join(out, name))).toEqual(digest);
    const { problems, position, recordedAt, lastLeafHash } = await verifyLogFile(join(out, 'events.db'));
    expect(problems).toEqual([]);
    expect(manifest.log).toEqual({ position, recordedAt, lastLeafHash });
    const log = openSqliteEventStore({ file: logIn(dataDir) });
    expect(await log.head()).toEqual({ position, recordedAt });
    await log.close();
  });

  it('is for its owner only, and has the private keys only when that is asked for', async () => {
    const { out } = await backup(dataDir);
    expect(statSync(out).mode & 0o777).toBe(0o700);
    for (const name of ['events.db', 'vault.db', 'manifest.json']) {
      expect(statSync(join(out, name)).mode & 0o777).toBe(0o600);
    }
    expect(readdirSync(join(out, 'keys')).sort()).toEqual(['checkpoint.vkey', 'jwks.json']);
    const { out: withKeys } = await backup(dataDir, '--with-keys');
    expect(readdirSync(join(withKeys, 'keys')).sort()).toEqual([
      'checkpoint.key',
      'checkpoint.vkey',
      'jwks.json',
      'signing.json',
    ]);
    expect(readManifest(withKeys).files).toHaveLength(6);
  });

  it('has no key that is kept elsewhere, and does not take its place when it is restored', async () => {
    const CHECKPOINT_KEY = join(directory, 'shared.key');
    copyFileSync(join(dataDir, 'keys', 'checkpoint.key'), CHECKPOINT_KEY);
    const out = join(directory, 'without-shared-key');
    const env = { DATA_DIR: dataDir, CHECKPOINT_KEY };
    expect((await runCommand(register, ['backup', '--with-keys', '--out', out], env)).code).toBe(0);
    expect(readdirSync(join(out, 'keys')).sort()).toEqual(['checkpoint.vkey', 'jwks.json', 'signing.json']);
    const there = { DATA_DIR: join(directory, 'beside-shared-key'), CHECKPOINT_KEY };
    expect(await runCommand(restore, ['restore', '--from', out], there)).toMatchObject({ code: 0 });
  });

  it('leaves nothing beside it, and holds no write-ahead log', async () => {
    const { out } = await backup(dataDir);
    expect(readdirSync(out).sort()).toEqual(['events.db', 'keys', 'manifest.json', 'vault.db']);
    expect(readdirSync(directory).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('is the log at one moment while a server records', async () => {
    const busy = copied();
    const server = await startInstallation(busy);
    const log = openSqliteEventStore({ file: logIn(busy) });
    let running = true;
    let appended = 0;
    const recording = (async () => {
      for (; running; appended += 1) await log.append({ events: [anEvent(), anEvent()] });
    })();
    const made = await Promise.all([backup(busy), backup(busy)]);
    running = false;
    await recording;
    expect(appended).toBeGreaterThan(0);
    for (const { code, out } of made) {
      expect(code).toBe(0);
      const { position, lastLeafHash } = readManifest(out).log;
      const answer = await server.answer({ query: `{ events(last: 1, filter: {}) { totalCount } }` });
      expect(answer.text).toContain('totalCount');
      // Appended by twos: a moment between the two is none.
      expect((position - 5154) % 2).toBe(0);
      const copy = openSqliteEventStore({ file: join(out, 'events.db') });
      expect(await copy.readAll(5152, 10_000)).toEqual((await log.readAll(5152, 10_000)).slice(0, position - 5152));
      await copy.close();
      expect(lastLeafHash).toMatch(/^[0-9a-f]{64}$/);
    }
    await log.close();
    await server.stop();
  });

  it('holds nothing of whoever was erased', async () => {
    const erased = copied();
    const vault = openSqliteVault(join(erased, 'vault.db'));
    await vault.saveActor('0190a000-0000-4000-8000-000000000001', { name: 'Petronella Vergeten', email: null });
    await vault.saveActor('0190a000-0000-4000-8000-000000000002', { name: 'Quirinus Gebleven', email: null });
    await vault.erase('0190a000-0000-4000-8000-000000000001');
    await vault.close();
    const { out } = await backup(erased);
    const bytes = readFileSync(join(out, 'vault.db'), 'latin1');
    expect(bytes).toContain('Quirinus');
    expect(bytes).not.toContain('Petronella');
  });

  it('has no vault where there is none', async () => {
    const bare = join(directory, 'bare');
    const log = openSqliteEventStore({ file: logIn(bare) });
    await log.append({ events: [anEvent()] });
    await log.close();
    const { out, code } = await backup(bare);
    expect(code).toBe(0);
    expect(readManifest(out).files.map(({ name }) => name)).toEqual(['events.db']);
  });
});

describe('with the vault on a server', () => {
  const VAULT_URL = 'postgres://peil:secret@nowhere.invalid/people';

  it('a backup has no vault, and says who makes its backups', async () => {
    const { out, code, stdout } = await backupWith({ DATA_DIR: copied(), VAULT_URL });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /The backup does not hold the vault: it is on a server, and the tools of that server make its backups/,
    );
    expect(stdout).not.toContain('secret');
    expect(readManifest(out).files.map(({ name }) => name)).not.toContain('vault.db');
  });

  it('the vault of a backup is not restored, and that is said', async () => {
    const { out } = await backup(copied());
    const env = { DATA_DIR: join(directory, 'to-a-server'), VAULT_URL };
    const { code, stdout } = await runCommand(restore, ['restore', '--from', out], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Restored and verified events\.db, keys.*\nThe vault\.db of the backup was not restored, because VAULT_URL names a/,
    );
    expect(readdirSync(env.DATA_DIR)).not.toContain('vault.db');
  });
});

describe('with the vault in another file', () => {
  it('a backup holds it, and it is restored where it is to be', async () => {
    const from = copied();
    const VAULT_URL = `sqlite:${join(directory, 'elsewhere', 'people.db')}`;
    mkdirSync(join(directory, 'elsewhere'));
    renameSync(join(from, 'vault.db'), join(directory, 'elsewhere', 'people.db'));
    const { out, code } = await backupWith({ DATA_DIR: from, VAULT_URL });
    expect(code).toBe(0);
    expect(readManifest(out).files.map(({ name }) => name)).toContain('vault.db');
    rmSync(join(directory, 'elsewhere'), { recursive: true });
    const to = { DATA_DIR: join(directory, 'to-elsewhere'), VAULT_URL };
    expect((await runCommand(restore, ['restore', '--from', out], to)).code).toBe(0);
    expect(existsSync(join(directory, 'elsewhere', 'people.db'))).toBe(true);
  });
});

describe('no backup is made', () => {
  it('in the place of anything', async () => {
    const out = join(directory, 'taken');
    mkdirSync(out);
    const { code, stderr } = await runCommand(register, ['backup', '--out', out], { DATA_DIR: dataDir });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `'${out}' exists already, and a backup never replaces anything. Name a directory that does not exist.\n`,
    });
  });

  it('where its directory cannot be', async () => {
    const out = join(directory, 'no', 'such');
    const { code, stderr } = await runCommand(register, ['backup', '--out', out], { DATA_DIR: dataDir });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `'${out}' cannot be written: its directory does not exist.\n`,
    });
  });

  it('of a log that is not there, and none is begun', async () => {
    const { code, stderr } = await backup(join(directory, 'nowhere'));
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^There is no log at/) });
    expect(existsSync(join(directory, 'nowhere'))).toBe(false);
  });

  const change = (dataDir: string, sql: string): void => {
    const db = new Database(logIn(dataDir));
    const triggers = db
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    db.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
    for (const { sql } of triggers) db.exec(sql);
    db.close();
  };

  it.each([
    [`UPDATE event SET actor = 'another' WHERE position = 17`, 'the event at position 17 is not what was recorded'],
    [`UPDATE event SET data = '{"cut' WHERE position = 17`, 'the event at position 17 is not what was recorded'],
    [
      `UPDATE event SET hash = zeroblob(32) WHERE position = 5154`,
      'the event at position 5154 is not what was recorded',
    ],
    [
      `DELETE FROM request; DELETE FROM event WHERE position = 5153`,
      'the event at position 5154 stands after position 5152',
    ],
    [`DELETE FROM request`, '1 requests with an idempotency key are not remembered as they were made'],
    [`UPDATE request SET digest = 'another'`, '1 requests with an idempotency key are not remembered'],
    [`UPDATE request SET first_position = 5`, '1 idempotency keys are remembered that no event bears'],
    [
      `UPDATE stream SET revision = 99 WHERE name = 'region-zeeland'`,
      '1 streams are said to have another last revision',
    ],
    [`INSERT INTO stream VALUES ('region-atlantis', 3)`, '1 streams are said to have another last revision'],
    [`DELETE FROM stream WHERE name = 'region-zeeland'`, "rows of its table 'event' name others that are not there"],
    [`CREATE TABLE other (x)`, 'its tables, indexes or triggers are not those of this program'],
  ])('of a log after %s', async (sql, problem) => {
    const damaged = copied();
    change(damaged, sql);
    const { code, out, stderr } = await backup(damaged);
    expect({ code, made: existsSync(out) }).toEqual({ code: 1, made: false });
    expect(stderr).toContain(`'${logIn(damaged)}' is not sound, so no backup was made`);
    expect(stderr).toContain(`- ${problem}`);
  });

  it('of a log whose pages are damaged', async () => {
    const damaged = copied();
    const bytes = readFileSync(logIn(damaged));
    bytes.fill(0xaa, 8192, 16_384);
    writeFileSync(logIn(damaged), bytes);
    const { code, out } = await backup(damaged);
    expect({ code, made: existsSync(out) }).toEqual({ code: 1, made: false });
  });

  it('of what is no log or no vault', async () => {
    const foreign = copied();
    truncateSync(join(foreign, 'vault.db'), 0);
    new Database(join(foreign, 'vault.db')).exec('CREATE TABLE x (y)').close();
    expect((await backup(foreign)).stderr).toContain('not a vault');
    writeFileSync(logIn(foreign), 'no database');
    expect((await backup(foreign)).stderr).toContain('is no SQLite database');
  });
});

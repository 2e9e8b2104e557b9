import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/files/file-digest.js';
import { readManifest, type Manifest } from '../../src/backup/manifest.js';
import { register as backup } from '../../src/cli/commands/backup.js';
import { register as restore } from '../../src/cli/commands/restore.js';
import { register as token } from '../../src/cli/commands/token.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { runCommand } from '../support/command-line.js';
import { testDirectory } from '../support/directory.js';
import { logIn, startInstallation, type Installation } from '../support/installation.js';

const directory = testDirectory();
const dataDir = join(directory, 'data');
const sound = join(directory, 'backup');
const soundWithKeys = join(directory, 'backup-with-keys');
let bearer = '';
let before: Awaited<ReturnType<typeof answersOf>>;

const fresh = (name: string): string => join(directory, name);
let number = 0;
const restoreFrom = async (from: string, to = fresh(`restored-${(number += 1)}`)) => ({
  to,
  ...(await runCommand(restore, ['restore', '--from', from], { DATA_DIR: to })),
});

/** A backup again, for a test to damage. */
const copied = (): string => {
  const copy = fresh(`damaged-${(number += 1)}`);
  cpSync(sound, copy, { recursive: true });
  return copy;
};

const pinned = '{ asOf: "2020-12-31", position: "5154" }';
const questions = [
  {
    query: `{ region(key: "zeeland", at: ${pinned}) { id name revision timeline(scale: "agreements") { level { key } since until recordedAt recordedBy { id name } } } }`,
  },
  {
    query: `{ crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: {moments: [${pinned}, {period: "2020-10", asPublished: true}]}) { cells { count basis { basis count } } moment { knownAt } columns { moment { immutable knownAt position } } } }`,
  },
  {
    query: `{ statusChanges(at: ${pinned}, first: 20, includeSuperseded: true) { totalCount edges { cursor node { id effectiveOn knownFrom } } } }`,
  },
  { query: '{ events(last: 3) { nodes { id position recordedAt appendedAt hash data recordedBy { id name } } } }' },
  {
    query:
      '{ report(key: "2021-01") { table(number: 1) { cells { published rebuilt rebuiltThen knownNow verdict } } } }',
  },
];

const recording = (more: object = {}) => ({
  query:
    'mutation ($input: RegisterRegionInput!) { registerRegion(input: $input) { __typename ... on Recorded { position event { id recordedAt } } ... on Problem { code message } } }',
  variables: {
    input: { key: 'atlantis', name: 'Atlantis', registeredOn: '2021-01-01', idempotencyKey: 'the first', ...more },
  },
});

async function answersOf(server: Installation) {
  const answers: Awaited<ReturnType<Installation['answer']>>[] = [];
  for (const question of questions) answers.push(await server.answer(question));
  return { answers, repeated: await server.answer(recording(), bearer) };
}

describe('a backup', () => {
  beforeAll(async () => {
    const env = { DATA_DIR: dataDir };
    bearer = (await runCommand(token, ['token', '--role', 'recorder', '--name', 'Anna Schrijver'], env)).stdout.trim();
    const server = await startInstallation(dataDir);
    const { text } = await server.answer(recording(), bearer);
    if (!text.includes('"position":"5154"')) throw new Error(text);
    before = await answersOf(server);
    await runCommand(backup, ['backup', '--out', sound], env);
    await runCommand(backup, ['backup', '--with-keys', '--out', soundWithKeys], env);
    await server.stop();
  });

  it('is restored as a server that answers as before, to the byte and the time, with names and old requests', async () => {
    const { code, stdout, stderr, to } = await restoreFrom(sound);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Restored and verified .* the log ends at position 5154\.\nThe next start makes a new key/);
    const server = await startInstallation(to);
    const after = await answersOf(server);
    expect(after).toEqual(before);
    expect(after.answers.map(({ text }) => text).join()).toContain('Anna Schrijver');
    expect((await server.answer(recording({ name: 'Another' }), bearer)).text).toContain('IDEMPOTENCY');
    await server.stop();
    const [one, other] = [openSqliteEventStore({ file: logIn(to) }), openSqliteEventStore({ file: logIn(dataDir) })];
    expect(await one.readAll(0, 10_000)).toEqual(await other.readAll(0, 10_000));
    await one.close();
    await other.close();
  });

  it('leaves files that only those may read who may', async () => {
    const { to, stdout } = await restoreFrom(soundWithKeys);
    expect(stdout).not.toContain('new key');
    expect(readdirSync(to).sort()).toEqual(['events.db', 'keys', 'vault.db']);
    expect(statSync(join(to, 'vault.db')).mode & 0o777).toBe(0o600);
    expect(statSync(join(to, 'keys', 'signing.json')).mode & 0o777).toBe(0o600);
    const original = readFileSync(join(dataDir, 'keys', 'signing.json'));
    expect(readFileSync(join(to, 'keys', 'signing.json')).equals(original)).toBe(true);
  });

  it('is restored into a directory that is there and empty, as a new file system is', async () => {
    const to = fresh('mounted');
    mkdirSync(join(to, 'lost+found'), { recursive: true });
    expect((await restoreFrom(sound, to)).code).toBe(0);
  });

  it('is restored to wherever the log is said to be', async () => {
    const env = { DATA_DIR: fresh('apart'), EVENT_STORE_URL: `sqlite:${fresh('elsewhere')}/log.db` };
    expect((await runCommand(restore, ['restore', '--from', sound], env)).code).toBe(0);
    expect(existsSync(join(fresh('elsewhere'), 'log.db'))).toBe(true);
    const again = await runCommand(restore, ['restore', '--from', sound], { ...env, DATA_DIR: fresh('apart-2') });
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(join(fresh('elsewhere'), 'log.db')) as string,
    });
  });

  it('is of a backup that was backed up again the same log', async () => {
    const { to } = await restoreFrom(sound);
    const again = fresh('backup-of-restored');
    await runCommand(backup, ['backup', '--out', again], { DATA_DIR: to });
    expect(readManifest(again).log).toEqual(readManifest(sound).log);
  });
});

describe('nothing is restored', () => {
  it('where there is anything, and what is there is named and left', async () => {
    const to = fresh('full');
    mkdirSync(to);
    writeFileSync(join(to, 'notes.txt'), 'mine');
    const { code, stderr } = await restoreFrom(sound, to);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`these exist: ${to}/notes.txt.`),
    });
    expect(readdirSync(to)).toEqual(['notes.txt']);
  });

  it('over another log, or beside read models of one', async () => {
    const { stderr } = await restoreFrom(sound, dataDir);
    expect(stderr).toContain(logIn(dataDir));
    const env = { DATA_DIR: fresh('new'), READ_DATABASE_URL: `sqlite:${join(dataDir, 'read.db')}` };
    const beside = await runCommand(restore, ['restore', '--from', sound], env);
    expect(beside).toMatchObject({ code: 1, stderr: expect.stringContaining(join(dataDir, 'read.db')) as string });
    expect(existsSync(fresh('new'))).toBe(false);
  });

  const rewrite = (from: string, change: (manifest: Manifest) => unknown): void => {
    const manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8')) as Manifest;
    writeFileSync(join(from, 'manifest.json'), JSON.stringify(change(manifest)));
  };

  /** As somebody would who tampers with more than one file. */
  async function makeManifestTrue(from: string): Promise<void> {
    const digest = await digestOf(join(from, 'events.db'));
    rewrite(from, (manifest) => ({
      ...manifest,
      files: manifest.files.map((entry) => (entry.name === 'events.db' ? { ...entry, ...digest } : entry)),
    }));
  }

  const flip = (file: string): void => {
    const bytes = readFileSync(file);
    const place = Math.floor(bytes.length / 2);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };

  const damages: readonly (readonly [string, (from: string) => void | Promise<void>, RegExp])[] = [
    [
      'a directory that is no backup',
      (from) => rmSync(join(from, 'manifest.json')),
      /no manifest\.json .* never finished/,
    ],
    [
      'a manifest that was cut off',
      (from) => truncateSync(join(from, 'manifest.json'), 100),
      /manifest\.json is no JSON/,
    ],
    [
      "another program's manifest",
      (from) => rewrite(from, () => ({ name: 'other' })),
      /not that of a backup that this release knows/,
    ],
    [
      "a later release's manifest",
      (from) => rewrite(from, (manifest) => ({ ...manifest, formatVersion: 2 })),
      /formatVersion/,
    ],
    [
      'a manifest that names files elsewhere',
      (from) =>
        rewrite(from, (manifest) => ({
          ...manifest,
          files: [{ name: '../../etc/passwd', bytes: 1, sha256: '0'.repeat(64) }],
        })),
      /files\.0\.name/,
    ],
    ['a manifest without a log', (from) => rewrite(from, (manifest) => ({ ...manifest, files: [] })), /names no log/],
    [
      'a manifest that names a file twice',
      (from) => rewrite(from, (manifest) => ({ ...manifest, files: [...manifest.files, ...manifest.files] })),
      /names a file twice/,
    ],
    [
      'a log that was cut off',
      (from) => truncateSync(join(from, 'events.db'), 500_000),
      /events\.db has 500000 bytes where .*: it was cut off/,
    ],
    ['a log that grew', (from) => appendFileSync(join(from, 'events.db'), 'x'), /events\.db has \d+ bytes where/],
    ['a log with one bit changed', (from) => flip(join(from, 'events.db')), /events\.db was changed: its SHA-256/],
    ['a vault with one bit changed', (from) => flip(join(from, 'vault.db')), /vault\.db was changed/],
    ['public keys that were changed', (from) => flip(join(from, 'keys', 'jwks.json')), /keys\/jwks\.json was changed/],
    ['a file that is missing', (from) => rmSync(join(from, 'vault.db')), /vault\.db is missing/],
    [
      'a log that was changed and digested again',
      async (from) => {
        const db = new Database(join(from, 'events.db'));
        const { sql } = db
          .prepare<[], { sql: string }>("SELECT sql FROM sqlite_schema WHERE name = 'event_is_never_changed'")
          .get() ?? { sql: '' };
        db.exec(`DROP TRIGGER event_is_never_changed; UPDATE event SET actor = 'another' WHERE position = 9; ${sql}`);
        db.close();
        await makeManifestTrue(from);
      },
      /events\.db: the event at position 9 is not what was recorded/,
    ],
    [
      'a shorter log that was digested again',
      async (from) => {
        rmSync(join(from, 'events.db'));
        await openSqliteEventStore({ file: join(from, 'events.db') }).close();
        await makeManifestTrue(from);
      },
      /events\.db: its last position is 0, where the manifest says 5154/,
    ],
    [
      'another database under the name of the log',
      async (from) => {
        cpSync(join(from, 'vault.db'), join(from, 'events.db'));
        await makeManifestTrue(from);
      },
      /events\.db: it is a database, but not a Peildatum log/,
    ],
    [
      'what is no database',
      async (from) => {
        writeFileSync(join(from, 'events.db'), 'x'.repeat(10_000));
        await makeManifestTrue(from);
      },
      /events\.db: it is damaged or is no SQLite database/,
    ],
  ];

  it.each(damages)('of %s', async (_, damage, problem) => {
    const from = copied();
    await damage(from);
    const { to, code, stdout, stderr } = await restoreFrom(from);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/cannot be restored; nothing was\.\n- /);
    expect(stderr).toMatch(problem);
    expect(existsSync(to)).toBe(false);
  });

  it('of what is not there', async () => {
    const { code, stderr } = await restoreFrom(fresh('nothing'));
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('has no manifest.json') });
  });
});

import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import type { Vault } from '../../src/authority/vault/port.js';
import { openSqliteVault } from '../../src/authority/vault/sqlite/index.js';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();
const opened: Vault[] = [];
afterAll(() => Promise.all(opened.map((vault) => vault.close())));

let made = 0;
const newFile = (): string => join(directory, `vault-${(made += 1)}.db`);
const open = (file = newFile()): Vault => {
  const vault = openSqliteVault(file);
  opened.push(vault);
  return vault;
};

const anna = { name: 'Anna de Vries', email: 'anna@example.org' };
const ISSUER = 'https://id.example.org';

/** Everything that is on the disk of the vault, journals included. */
const bytesOf = (file: string): string =>
  readdirSync(directory)
    .map((name) => join(directory, name))
    .filter((path) => path.startsWith(file))
    .map((path) => readFileSync(path, 'latin1'))
    .join('');

describe('the file of a vault', () => {
  it('can be read by nobody but its user, whatever it was before', () => {
    const file = newFile();
    open(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    open(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    [
      'another program’s database',
      (file: string) => void new Database(file).exec('CREATE TABLE t (a)').close(),
      /not a vault/,
    ],
    ['no database', (file: string) => writeFileSync(file, 'x'.repeat(5_000)), /no SQLite database/],
    [
      'of a newer release',
      (file: string) => {
        open(file);
        new Database(file).exec('PRAGMA user_version = 2').close();
      },
      /newer release/,
    ],
  ])('is left as it is when it is %s', (_name, make, message) => {
    const file = newFile();
    make(file);
    const before = readFileSync(file);
    expect(() => openSqliteVault(file)).toThrow(message);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('has no trace of who was erased, neither of their name nor of how their provider calls them', async () => {
    const file = newFile();
    const vault = open(file);
    // Enough of them to have rows moved between pages, in an order that is not that of their ids.
    const ids: string[] = [];
    for (let index = 0; index < 250; index += 1) {
      const name = `Person-${index} ${'x'.repeat(index % 90)}`;
      ids.push(await vault.findOrAddActor(ISSUER, `subject-${index}.`, { name, email: `mail-${index}@example.org` }));
    }
    for (const index of [0, 17, 120, 249]) {
      await vault.findOrAddActor(ISSUER, `subject-${index}.`, { name: `Married-${index}`, email: null });
      await vault.erase(ids[index] ?? '');
      const bytes = bytesOf(file);
      for (const trace of [`Person-${index} `, `Married-${index}`, `mail-${index}@`])
        expect(bytes).not.toContain(trace);
      expect(bytes).not.toMatch(new RegExp(`subject-${index}\\.`));
    }
    const bytes = bytesOf(file);
    expect(bytes).toContain('Person-18 ');
    expect(existsSync(`${file}-wal`) || existsSync(`${file}-journal`)).toBe(false);
    expect((await vault.namesOf(ids)).size).toBe(246);
  });

  it('has no trace of them either when another process had it open', async () => {
    const file = newFile();
    const [one, other] = [open(file), open(file)];
    const id = await one.findOrAddActor(ISSUER, 'user-1', anna);
    expect(await other.namesOf([id])).toEqual(new Map([[id, anna.name]]));
    await one.erase(id);
    await one.erase(id);
    expect(bytesOf(file)).not.toContain('Anna');
  });
});

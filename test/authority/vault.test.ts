import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openVault, type Vault } from '../../src/authority/vault.js';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();
const opened: Vault[] = [];
afterAll(() => opened.forEach((vault) => vault.close()));

let made = 0;
const newFile = (): string => join(directory, `vault-${(made += 1)}.db`);
const open = (file = newFile()): Vault => {
  const vault = openVault(file);
  opened.push(vault);
  return vault;
};

const anna = { name: 'Anna de Vries', email: 'anna@example.org' };
const nobody = { name: null, email: null };
const ISSUER = 'https://id.example.org';

/** Everything that is on the disk of the vault, journals included. */
const bytesOf = (file: string): string =>
  readdirSync(directory)
    .map((name) => join(directory, name))
    .filter((path) => path.startsWith(file))
    .map((path) => readFileSync(path, 'latin1'))
    .join('');

describe('the vault', () => {
  it('gives a subject one opaque id, for all processes and for ever', () => {
    const file = newFile();
    const [one, other] = [open(file), open(file)];
    const id = one.actorOf(ISSUER, 'user-1', anna);
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(other.actorOf(ISSUER, 'user-1', nobody)).toBe(id);
    expect(open(file).actorOf(ISSUER, 'user-1', anna)).toBe(id);
    expect(one.actorOf(ISSUER, 'user-2', anna)).not.toBe(id);
    expect(one.actorOf('https://other.example.org', 'user-1', anna)).not.toBe(id);
  });

  it('knows names in one go, and of nobody else', () => {
    const vault = open();
    const id = vault.actorOf(ISSUER, 'user-1', anna);
    const nameless = vault.actorOf(ISSUER, 'user-2', nobody);
    expect([...vault.namesOf([id, nameless, 'stranger', id])]).toEqual([[id, 'Anna de Vries']]);
    expect(vault.namesOf([])).toEqual(new Map());
  });

  it('follows what it is told of somebody, and keeps what it is not told', () => {
    const vault = open();
    const id = vault.actorOf(ISSUER, 'user-1', anna);
    vault.actorOf(ISSUER, 'user-1', nobody);
    expect(vault.namesOf([id]).get(id)).toBe('Anna de Vries');
    vault.actorOf(ISSUER, 'user-1', { name: 'Anna Jansen', email: null });
    expect(vault.namesOf([id]).get(id)).toBe('Anna Jansen');
  });

  it('keeps names on one line and of a reasonable length', () => {
    const vault = open();
    vault.enrol('a', { name: ' Anna\r\n\u0000de Vries ', email: null });
    vault.enrol('b', { name: 'é'.repeat(1_000), email: null });
    expect(vault.namesOf(['a', 'b'])).toEqual(
      new Map([
        ['a', 'Anna de Vries'],
        ['b', 'é'.repeat(320)],
      ]),
    );
  });

  it('lets nobody but its user read it, whatever it was before', () => {
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
  ])('leaves a file as it is that is %s', (_name, make, message) => {
    const file = newFile();
    make(file);
    const before = readFileSync(file);
    expect(() => openVault(file)).toThrow(message);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('who is erased from the vault', () => {
  it('leaves no trace in the file, neither of their name nor of how their provider calls them', () => {
    const file = newFile();
    const vault = open(file);
    // Enough of them to have rows moved between pages, in an order that is not that of their ids.
    const ids = Array.from({ length: 250 }, (_, index) =>
      vault.actorOf(ISSUER, `subject-${index}`, {
        name: `Person-${index} ${'x'.repeat(index % 90)}`,
        email: `mail-${index}@example.org`,
      }),
    );
    for (const index of [0, 17, 120, 249]) {
      vault.actorOf(ISSUER, `subject-${index}`, { name: `Married-${index}`, email: null });
      vault.erase(ids[index] ?? '');
      const bytes = bytesOf(file);
      for (const trace of [`Person-${index} `, `Married-${index}`, `mail-${index}@`])
        expect(bytes).not.toContain(trace);
      expect(bytes).not.toMatch(new RegExp(`subject-${index}(?!\\d)`));
    }
    const bytes = bytesOf(file);
    expect(bytes).toContain('Person-18 ');
    expect(existsSync(`${file}-wal`) || existsSync(`${file}-journal`)).toBe(false);
    expect(vault.namesOf(ids).size).toBe(246);
  });

  it('is erased for all processes, and stays so', () => {
    const file = newFile();
    const [one, other] = [open(file), open(file)];
    const id = one.actorOf(ISSUER, 'user-1', anna);
    expect(other.standingOf(id)).toBe('KNOWN');
    one.erase(id);
    one.erase(id);
    expect(other.standingOf(id)).toBe('ERASED');
    expect(other.namesOf([id]).size).toBe(0);
    expect(other.enrol(id, anna)).toBe(false);
    expect(open(file).standingOf(id)).toBe('ERASED');
    expect(bytesOf(file)).not.toContain('Anna');
  });

  it('comes back as somebody else', () => {
    const vault = open();
    const before = vault.actorOf(ISSUER, 'user-1', anna);
    vault.erase(before);
    const after = vault.actorOf(ISSUER, 'user-1', anna);
    expect(after).not.toBe(before);
    expect(vault.namesOf([before, after])).toEqual(new Map([[after, 'Anna de Vries']]));
  });

  it('is remembered as erased also when the vault never knew them', () => {
    const vault = open();
    expect(vault.standingOf('a')).toBe('UNKNOWN');
    vault.erase('a');
    expect(vault.standingOf('a')).toBe('ERASED');
  });
});

import { expect } from 'vitest';
import type { Entry } from '../../../src/authority/vault/port.js';
import { anna, ISSUER, nobody, type Example } from './vault-under-test.js';

const other = 'https://other.example.org';

/** In the order of their ids, byte by byte. */
const given: readonly Entry[] = [
  { actor: 'B', ...nobody, erased: true, subjects: [] },
  { actor: 'a', ...anna, erased: false, subjects: [ISSUER, other].map((issuer) => ({ issuer, subject: 'user-1' })) },
  { actor: 'c', name: 'é "quoted" {x}', email: null, erased: false, subjects: [] },
  { actor: 'é', ...nobody, erased: false, subjects: [{ issuer: ISSUER, subject: 'it\'s \\ "me"' }] },
];

export const moving: readonly Example[] = [
  {
    name: 'takes over all of another, and goes on with it',
    async run({ vault, another }) {
      expect(await vault.entries()).toEqual([]);
      expect(await vault.importEntries(given)).toBe(true);
      const later = await another();
      expect(await later.entries()).toEqual(given);
      expect(await later.findOrAddActor(other, 'user-1', nobody)).toBe('a');
      expect(await later.statusOf('B')).toBe('ERASED');
      await later.erase('a');
      expect((await vault.entries())[1]).toEqual({ actor: 'a', ...nobody, erased: true, subjects: [] });
    },
  },
  {
    name: 'takes over nothing where there is somebody, if only who was erased',
    async run({ vault }) {
      await vault.erase('a');
      const before = await vault.entries();
      expect(before).toEqual([{ actor: 'a', ...nobody, erased: true, subjects: [] }]);
      expect(await vault.importEntries(given)).toBe(false);
      expect(await vault.entries()).toEqual(before);
    },
  },
  {
    name: 'takes over all or nothing',
    async run({ vault }) {
      const [, first] = given as [Entry, Entry];
      const twice = [...given, { ...first, actor: 'z' }];
      await expect(vault.importEntries(twice)).rejects.toThrow(/^UNIQUE constraint|refuses what was to be entered/);
      expect(await vault.entries()).toEqual([]);
      expect(await vault.importEntries(given)).toBe(true);
      expect(await vault.entries()).toEqual(given);
    },
  },
];

import { expect } from 'vitest';
import { anna, ISSUER, nobody, type Example } from './vault-under-test.js';

export const entering: readonly Example[] = [
  {
    name: 'gives a subject one opaque id, for all who open it and for ever',
    async run({ vault, another }) {
      const other = await another();
      const id = await vault.findOrAddActor(ISSUER, 'user-1', anna);
      expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      expect(await other.findOrAddActor(ISSUER, 'user-1', nobody)).toBe(id);
      expect(await (await another()).findOrAddActor(ISSUER, 'user-1', anna)).toBe(id);
      expect(await vault.findOrAddActor(ISSUER, 'user-2', anna)).not.toBe(id);
      expect(await vault.findOrAddActor('https://other.example.org', 'user-1', anna)).not.toBe(id);
    },
  },
  {
    name: 'gives those who meet the same person at the same time one id',
    async run({ vault, another }) {
      const vaults = [vault, await another(), await another()];
      for (let round = 0; round < 20; round += 1) {
        const meeting = vaults.flatMap((each) => [
          each.findOrAddActor(ISSUER, `user-${round}`, anna),
          each.findOrAddActor(ISSUER, `user-${round}`, { name: `Anna ${round}`, email: null }),
        ]);
        const ids = new Set(await Promise.all(meeting));
        expect(ids.size).toBe(1);
        // Whoever came later brought news, or did not.
        const names = await vault.namesOf([...ids]);
        expect(['Anna de Vries', `Anna ${round}`]).toContain([...names.values()][0]);
      }
    },
  },
  {
    name: 'follows what it is told of somebody, and keeps what it is not told',
    async run({ vault, another }) {
      const other = await another();
      const id = await vault.findOrAddActor(ISSUER, 'user-1', anna);
      await vault.findOrAddActor(ISSUER, 'user-1', nobody);
      expect(await other.namesOf([id])).toEqual(new Map([[id, 'Anna de Vries']]));
      await other.findOrAddActor(ISSUER, 'user-1', { name: 'Anna Jansen', email: null });
      expect(await vault.namesOf([id])).toEqual(new Map([[id, 'Anna Jansen']]));
    },
  },
  {
    name: 'enters somebody under a given id, and what is new of them',
    async run({ vault, another }) {
      const other = await another();
      expect(await vault.saveActor('a', { name: 'Anna', email: null })).toBe(true);
      expect(await other.saveActor('a', nobody)).toBe(true);
      expect(await vault.namesOf(['a'])).toEqual(new Map([['a', 'Anna']]));
      expect(await other.saveActor('a', { name: 'Anna Jansen', email: null })).toBe(true);
      expect(await vault.namesOf(['a'])).toEqual(new Map([['a', 'Anna Jansen']]));
    },
  },
  {
    name: 'keeps names on one line, in one piece and of a reasonable length',
    async run({ vault }) {
      await vault.saveActor('a', { name: ' Anna\r\n\u0000de Vries ', email: null });
      await vault.saveActor('b', { name: 'é'.repeat(1_000), email: '\u0000' });
      await vault.saveActor('c', { name: `${'x'.repeat(319)}😀`, email: null });
      await vault.saveActor('d', { name: ' \n ', email: null });
      expect(await vault.namesOf(['a', 'b', 'c', 'd'])).toEqual(
        new Map([
          ['a', 'Anna de Vries'],
          ['b', 'é'.repeat(320)],
          ['c', `${'x'.repeat(319)}\ufffd`],
        ]),
      );
    },
  },
];

import { expect } from 'vitest';
import { anna, ISSUER, type Example } from './vault-under-test.js';

export const erasing: readonly Example[] = [
  {
    name: 'has erased somebody for all who opened it at once, and for good',
    async run({ vault, another }) {
      const other = await another();
      const id = await vault.findOrAddActor(ISSUER, 'user-1', anna);
      expect(await other.statusOf(id)).toBe('KNOWN');
      await vault.erase(id);
      expect(await other.statusOf(id)).toBe('ERASED');
      expect(await other.namesOf([id])).toEqual(new Map());
      expect(await other.saveActor(id, anna)).toBe(false);
      expect(await other.namesOf([id])).toEqual(new Map());
      await other.erase(id);
      expect(await (await another()).statusOf(id)).toBe('ERASED');
    },
  },
  {
    name: 'takes who comes back for somebody else, wherever they come back',
    async run({ vault, another }) {
      const other = await another();
      const before = await vault.findOrAddActor(ISSUER, 'user-1', anna);
      await vault.erase(before);
      const ids = await Promise.all([vault, other, vault].map((each) => each.findOrAddActor(ISSUER, 'user-1', anna)));
      const [after = ''] = ids;
      expect(new Set(ids).size).toBe(1);
      expect(after).not.toBe(before);
      expect(await vault.namesOf([before, after])).toEqual(new Map([[after, 'Anna de Vries']]));
    },
  },
  {
    name: 'remembers somebody as erased also whom it never knew',
    async run({ vault, another }) {
      expect(await vault.statusOf('a')).toBe('UNKNOWN');
      await vault.erase('a');
      expect(await (await another()).statusOf('a')).toBe('ERASED');
      expect(await vault.saveActor('a', anna)).toBe(false);
    },
  },
  {
    name: 'leaves everybody else as they are',
    async run({ vault }) {
      const [one, two] = [
        await vault.findOrAddActor(ISSUER, 'one', anna),
        await vault.findOrAddActor(ISSUER, 'two', anna),
      ];
      await vault.erase(one);
      expect(await vault.findOrAddActor(ISSUER, 'two', anna)).toBe(two);
      expect(await vault.namesOf([one, two])).toEqual(new Map([[two, 'Anna de Vries']]));
    },
  },
  {
    name: 'gives an erased entry nothing back, though news of them comes from all sides while they are erased',
    async run({ vault, another }) {
      const vaults = [vault, await another(), await another()];
      for (let round = 0; round < 5; round += 1) {
        const subject = `user-${round}`;
        const id = await vault.findOrAddActor(ISSUER, subject, anna);
        await vault.saveActor(`own-${round}`, anna);
        const coming = vaults.flatMap((each, number) =>
          [1, 2, 3].flatMap((turn) => [
            each.findOrAddActor(ISSUER, subject, { name: `Name ${number}.${turn}`, email: `${turn}@example.org` }),
            each.saveActor(`own-${round}`, { name: `Name ${number}.${turn}`, email: null }),
          ]),
        );
        await Promise.all([...coming, vaults[1]?.erase(id), vaults[2]?.erase(`own-${round}`)]);
        expect(await Promise.all([id, `own-${round}`].map((each) => vault.statusOf(each)))).toEqual([
          'ERASED',
          'ERASED',
        ]);
        expect(await vault.namesOf([id, `own-${round}`])).toEqual(new Map());
        const after = await Promise.all(vaults.map((each) => each.findOrAddActor(ISSUER, subject, anna)));
        expect(new Set(after).size).toBe(1);
        expect(after).not.toContain(id);
      }
    },
  },
];

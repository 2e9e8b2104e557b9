import { expect } from 'vitest';
import { anna, ISSUER, nobody, type Example } from './vault-under-test.js';

export const knowing: readonly Example[] = [
  {
    name: 'knows names in one go, and of nobody else',
    async run({ vault }) {
      const id = await vault.findOrAddActor(ISSUER, 'user-1', anna);
      const nameless = await vault.findOrAddActor(ISSUER, 'user-2', nobody);
      expect([...(await vault.namesOf([id, nameless, 'stranger', id]))]).toEqual([[id, 'Anna de Vries']]);
      expect(await vault.namesOf([])).toEqual(new Map());
    },
  },
  {
    name: 'knows the names of many in one go',
    async run({ vault }) {
      const ids = Array.from({ length: 100 }, (_, index) => `actor-${index}`);
      for (const id of ids) await vault.saveActor(id, { name: `Name of ${id}`, email: null });
      const strangers = Array.from({ length: 5_000 }, (_, index) => `stranger-${index}`);
      expect(await vault.namesOf([...strangers, ...ids])).toEqual(new Map(ids.map((id) => [id, `Name of ${id}`])));
    },
  },
  {
    name: 'tells those it knows from those it does not, whatever they are called',
    async run({ vault }) {
      const odd = [`it's "quoted" {a,b}`, '\\N', 'NULL', '', 'é', 'a%_'];
      for (const id of odd) await vault.saveActor(id, { name: `Called ${id}`, email: null });
      const strangers = ['Å', 'e\u0301', 'null', 'a%', 'a\u0000b', '\u0000'];
      expect(await Promise.all(odd.map((id) => vault.statusOf(id)))).toEqual(odd.map(() => 'KNOWN'));
      expect(await Promise.all(strangers.map((id) => vault.statusOf(id)))).toEqual(strangers.map(() => 'UNKNOWN'));
      const names = await vault.namesOf([...strangers, ...odd]);
      expect(names).toEqual(new Map(odd.map((id) => [id, `Called ${id}`.trim()])));
    },
  },
  {
    name: 'does what must be done alone, returns what came of it, and lets others go on where it fails',
    async run({ vault, another }) {
      const other = await another();
      expect(await vault.runExclusive(() => 7)).toBe(7);
      const failing = vault.runExclusive(() => {
        throw new Error('no disk');
      });
      await expect(failing).rejects.toThrow('no disk');
      expect(await Promise.all([vault, other, vault].map((each) => each.runExclusive(() => 'done')))).toEqual([
        'done',
        'done',
        'done',
      ]);
    },
  },
];

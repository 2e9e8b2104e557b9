import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Vault } from '../../src/authority/vault/port.js';
import { vaultExamples } from './vault.js';

/** Does nothing, and says that it went well. */
const idle: Vault = {
  findOrAddActor: async () => '',
  saveActor: async () => true,
  statusOf: async () => 'UNKNOWN',
  namesOf: async () => new Map(),
  erase: async () => {},
  runExclusive: async () => undefined as never,
  entries: async () => [],
  importEntries: async () => true,
  close: async () => {},
};

/** Answers as a vault does that meets everybody for the first time, and keeps nothing. */
const forgetful: Vault = { ...idle, findOrAddActor: async () => randomUUID() };

/** Keeps all that it is told, and forgets nobody. */
function unforgetting(): Vault {
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  const keep = (id: string, name: string | null): void => void (name !== null && names.set(id, name));
  return {
    ...idle,
    async findOrAddActor(issuer, subject, { name }) {
      const key = JSON.stringify([issuer, subject]);
      const id = ids.get(key) ?? randomUUID();
      ids.set(key, id);
      keep(id, name);
      return id;
    },
    async saveActor(actor, { name }) {
      keep(actor, name);
      return true;
    },
    statusOf: async (actor) => (names.has(actor) ? 'KNOWN' : 'UNKNOWN'),
    namesOf: async (actors) =>
      new Map(actors.flatMap((actor) => (names.has(actor) ? [[actor, names.get(actor) ?? '']] : []))),
  };
}

const { erasing } = vaultExamples;
const every = Object.values(vaultExamples).flat();

describe.each([
  ['does nothing', () => idle, every],
  ['keeps nothing', () => forgetful, every],
  ['forgets nobody', unforgetting, erasing ?? []],
] as const)('a vault that %s', (_, newVault, examples) => {
  for (const example of examples) {
    it(`fails where a vault ${example.name}`, async () => {
      const vault = newVault();
      const under = { vault, another: async () => vault, dispose: async () => {} };
      const failure: unknown = await example.run(under).catch((error: unknown) => error);
      const isAssertion = failure instanceof Error && failure.name === 'AssertionError';
      expect(isAssertion, `It did not fail by an assertion: ${String(failure)}`).toBe(true);
    });
  }
});

import { describe, it } from 'vitest';
import { entering } from './vault/entering.js';
import { erasing } from './vault/erasing.js';
import { knowing } from './vault/knowing.js';
import { moving } from './vault/moving.js';
import type { Example, Keeper } from './vault/vault-under-test.js';

/** All that the port promises, example by example. */
export const vaultExamples: Readonly<Record<string, readonly Example[]>> = { entering, knowing, erasing, moving };

/** The suite that a vault passes wherever it is kept, each example on a new one. */
export function vaultContract(name: string, keeper: Keeper): void {
  describe(`the vault in ${name}`, () => {
    for (const [topic, examples] of Object.entries(vaultExamples)) {
      describe(topic, () => {
        for (const example of examples) {
          it(example.name, async () => {
            const vault = await keeper.open();
            try {
              await example.run(vault);
            } finally {
              await vault.dispose();
            }
          });
        }
      });
    }
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vault } from '../../src/authority/vault/port.js';
import { openVault } from '../../src/authority/vault/open.js';
import { vaultContract } from './vault.js';

vaultContract('a file', {
  async open() {
    const directory = mkdtempSync(join(tmpdir(), 'peildatum-'));
    const opened: Vault[] = [];
    const another = async () => {
      const vault = await openVault({ engine: 'sqlite', path: join(directory, 'vault.db') });
      opened.push(vault);
      return vault;
    };
    return {
      vault: await another(),
      another,
      async dispose() {
        await Promise.all(opened.map((vault) => vault.close()));
        rmSync(directory, { recursive: true });
      },
    };
  },
});

import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { openVault, type VaultUrl } from '../../authority/vault/open.js';
import type { Vault } from '../../authority/vault/port.js';
import { tablesUrl } from '../../config/parsers.js';
import { settings } from '../../config/settings.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { RegisterCommand } from '../program.js';
import { parseUrlOption, placeKeyOf } from '../url-option.js';

interface CopyVaultOptions {
  readonly from: string;
  readonly to: string;
}

/** `peildatum copy-vault`: copies the people and their ids to another vault. */
export const register: RegisterCommand = (program, { stdout }) => {
  program
    .command('copy-vault')
    .description('Copy a vault from a file to a server or back, while no server runs.')
    .requiredOption('--from <url>', 'the vault to copy, in the form of VAULT_URL; it is not changed')
    .requiredOption('--to <url>', 'the vault to copy to: an empty one, or a place without a vault')
    .action(async (options: CopyVaultOptions) => {
      const [from, to] = [
        parseUrlOption('--from', options.from, tablesUrl, settings.vaultUrl.accepts),
        parseUrlOption('--to', options.to, tablesUrl, settings.vaultUrl.accepts),
      ];
      if (placeKeyOf(from) === placeKeyOf(to)) throw new ExpectedError('--from and --to name the same vault.');
      if (from.engine === 'sqlite' && !existsSync(from.path)) {
        throw new ExpectedError(`There is no vault at '${from.path}'.`);
      }
      const count = await withVault(from, (source) => withVault(to, (target) => copy(source, target)));
      stdout.write(`Copied and compared ${count === 1 ? '1 entry' : `${count} entries`}.\n${nextSteps(from)}`);
    });
};

async function withVault<T>(url: VaultUrl, work: (vault: Vault) => Promise<T>): Promise<T> {
  const vault = await openVault(url);
  try {
    return await work(vault);
  } finally {
    await vault.close();
  }
}

async function copy(source: Vault, target: Vault): Promise<number> {
  const entries = await source.entries();
  if (!(await target.importEntries(entries))) {
    throw new ExpectedError(
      'The vault of --to holds people already, so nothing was copied: one person could have two ids, and both would have to ' +
        'stay. Name a place without a vault, or remove that vault if nothing was recorded with it.',
    );
  }
  if (!isDeepStrictEqual(await target.entries(), entries)) {
    throw new ExpectedError('The copy differs from the vault of --from, which is unchanged. Remove the copy.');
  }
  return entries.length;
}

/** The old vault must go: a person who is erased from the new vault would still be in the old one. */
const nextSteps = (from: VaultUrl): string =>
  from.engine === 'sqlite'
    ? `Set VAULT_URL, and remove '${from.path}' once servers use the new vault: later erasures do not reach that file.\n`
    : 'Set VAULT_URL, and drop the schema of --from once servers use the new vault: later erasures do not reach it.\n';

import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { resolve } from 'node:path';
import { openVault, type VaultUrl } from '../../authority/vault/open.js';
import type { Vault } from '../../authority/vault/port.js';
import { tablesUrl } from '../../config/parsers.js';
import { presentable } from '../../config/setting.js';
import { settings } from '../../config/settings.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { RegisterCommand } from '../program.js';

interface CopyVaultOptions {
  readonly from: string;
  readonly to: string;
}

/** `peildatum copy-vault`: who the people are, to where another server or many of them can ask. */
export const register: RegisterCommand = (program, { stdout }) => {
  program
    .command('copy-vault')
    .description('Copy a vault to another place, from a file to a server or back, while no server runs.')
    .requiredOption('--from <url>', 'the vault to copy, which stays as it is, in the form of VAULT_URL')
    .requiredOption('--to <url>', 'where to: a vault with nobody in it, or a place where there is none yet')
    .action(async (options: CopyVaultOptions) => {
      const [from, to] = [readUrl('--from', options.from), readUrl('--to', options.to)];
      if (keyOf(from) === keyOf(to)) throw new ExpectedError('--from and --to name the same vault.');
      if (from.engine === 'sqlite' && !existsSync(from.path)) {
        throw new ExpectedError(`There is no vault at '${from.path}'.`);
      }
      const count = await opened(from, (source) => opened(to, (target) => copy(source, target)));
      stdout.write(`Copied and compared ${count === 1 ? '1 entry' : `${count} entries`}.\n${remainder(from)}`);
    });
};

/** Not by the parser of options: that would repeat a password when it refuses a URL. */
function readUrl(option: string, text: string): VaultUrl {
  const url = tablesUrl(text);
  if (url !== undefined) return url;
  throw new ExpectedError(`${option} is ${presentable(text)}; it accepts ${settings.vaultUrl.accepts}.`);
}

const keyOf = (url: VaultUrl): string => (url.engine === 'sqlite' ? resolve(url.path) : url.url);

async function opened<T>(url: VaultUrl, work: (vault: Vault) => Promise<T>): Promise<T> {
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
      'There are people in the vault of --to already, so nothing was copied: of two ids for one person none could be dropped. ' +
        'Name a place where there is none, or remove that one if nothing was recorded with it.',
    );
  }
  if (!isDeepStrictEqual(await target.entries(), entries)) {
    throw new ExpectedError('What was copied is not what it was. Remove the copy; the vault of --from is as it was.');
  }
  return entries.length;
}

/** Whoever is erased from one is still in the other. */
const remainder = (from: VaultUrl): string =>
  from.engine === 'sqlite'
    ? `Set VAULT_URL, and remove '${from.path}' once servers run with it: nobody is erased from that file any more.\n`
    : 'Set VAULT_URL, and drop the schema of --from once servers run with it: nobody is erased from that any more.\n';

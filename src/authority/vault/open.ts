import type { Vault } from './port.js';
import { openPostgresVault } from './postgres/index.js';
import { openSqliteVault } from './sqlite/index.js';

/** Where a vault is kept. */
export type VaultUrl =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

export interface VaultOptions {
  /** Called when an actor was erased but the server's files may still hold the data, with the reason and the remedy. */
  readonly onIncompleteErasure?: (message: string) => void;
}

/** Opens a vault, or creates it. @throws {ExpectedError} when it is no vault, or cannot be used. */
export const openVault = async (url: VaultUrl, { onIncompleteErasure = () => {} }: VaultOptions = {}): Promise<Vault> =>
  url.engine === 'sqlite' ? openSqliteVault(url.path) : openPostgresVault({ url: url.url, onIncompleteErasure });

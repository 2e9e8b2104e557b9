import type { Vault } from './port.js';
import { openPostgresVault } from './postgres/index.js';
import { openSqliteVault } from './sqlite/index.js';

/** What keeps a vault, and where. */
export type VaultUrl =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

export interface VaultOptions {
  /** Is told when somebody was erased, but may still be read in the server's files, and what can be done about it. */
  readonly onTraces?: (message: string) => void;
}

/** Opens a vault, or makes one. @throws {ExpectedError} when what is there is not ours, or cannot be used. */
export const openVault = async (url: VaultUrl, { onTraces = () => {} }: VaultOptions = {}): Promise<Vault> =>
  url.engine === 'sqlite' ? openSqliteVault(url.path) : openPostgresVault({ url: url.url, onTraces });

import type { Vault } from '../../../src/authority/vault/port.js';

/** A new vault, and as many more that are opened on the same place as processes would have. */
export interface VaultUnderTest {
  readonly vault: Vault;
  another(): Promise<Vault>;
  dispose(): Promise<unknown>;
}

export interface Keeper {
  open(): Promise<VaultUnderTest>;
}

/** One promise of the port. */
export interface Example {
  readonly name: string;
  run(vault: VaultUnderTest): Promise<void>;
}

export const ISSUER = 'https://id.example.org';
export const anna = { name: 'Anna de Vries', email: 'anna@example.org' };
export const nobody = { name: null, email: null };

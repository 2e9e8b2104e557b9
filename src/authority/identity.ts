import type { Role } from './role.js';

/** Who sent a request, by a valid token. */
export interface Identity {
  /** The opaque id under which events name who recorded them. */
  readonly actor: string;
  readonly roles: readonly Role[];
  /** The instant from which the token is no longer valid. */
  readonly expiresAt: Date;
}

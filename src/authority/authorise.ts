import type { Identity } from './identity.js';
import { roleFor, type Permission } from './permission.js';
import { AuthorityError } from './authority-error.js';
import { includes } from './role.js';

/**
 * Sees to it that somebody may do that, and returns who it is. Authority is judged now: what anybody might have done at the
 * moment that is asked about does not matter.
 * @throws {AuthorityError} UNAUTHENTICATED when nobody says who they are, FORBIDDEN when they may not.
 */
export function authorise(
  identity: Identity | null,
  permission: Permission,
  at: 'ENTRANCE' | 'FIELD' = 'FIELD',
): Identity {
  const needed = roleFor(permission);
  if (identity === null) {
    throw new AuthorityError('UNAUTHENTICATED', `This needs a bearer token with the role ${needed}.`, at);
  }
  if (includes(identity.roles, needed)) return identity;
  const held = identity.roles.length === 0 ? 'has none of the roles' : `says ${identity.roles.join(', ')}`;
  throw new AuthorityError('FORBIDDEN', `This is for the role ${needed}; the token ${held}.`, at);
}

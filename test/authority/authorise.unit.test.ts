import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { authorise } from '../../src/authority/authorise.js';
import type { Identity } from '../../src/authority/identity.js';
import { permissions, type Permission } from '../../src/authority/permission.js';
import { AuthorityError } from '../../src/authority/authority-error.js';
import { roles, type Role } from '../../src/authority/role.js';

const bearing = (...held: readonly Role[]): Identity => ({ actor: 'a', roles: held, expiresAt: new Date(0) });

const codeOf = (identity: Identity | null, permission: Permission): string => {
  try {
    authorise(identity, permission);
    return 'PERMITTED';
  } catch (error) {
    return error instanceof AuthorityError ? error.code : String(error);
  }
};

const all = permissions;

/** By hand, from the words of the API: not from the table that is tested. */
const recorded: readonly Permission[] = [
  'REGISTER_REGION',
  'REGISTER_PROJECT',
  'RENAME',
  'RETIRE',
  'RECORD_STATUS',
  'CORRECT_STATUS',
  'WITHDRAW_STATUS',
  'RECORD_MILESTONE',
];
const permitted: Readonly<Record<Role, readonly Permission[]>> = {
  reader: ['READ'],
  recorder: ['READ', ...recorded],
  publisher: ['READ', ...recorded, 'DEFINE_PERIOD', 'PUBLISH_PERIOD'],
  administrator: all,
};

describe('authority', () => {
  it.each(roles)('lets a %s do what that role may, and nothing else', (role) => {
    const may = all.filter((permission) => codeOf(bearing(role), permission) === 'PERMITTED');
    expect(may.toSorted()).toEqual(permitted[role].toSorted());
    const others = all.filter((permission) => !may.includes(permission));
    expect(others.map((permission) => codeOf(bearing(role), permission))).toEqual(others.map(() => 'FORBIDDEN'));
  });

  it('goes by the greatest of several roles', () => {
    expect(codeOf(bearing('reader', 'publisher'), 'PUBLISH_PERIOD')).toBe('PERMITTED');
    expect(codeOf(bearing('publisher', 'reader'), 'RECORD_STATUS')).toBe('PERMITTED');
  });

  it('is none without a token, and none without a role', () => {
    expect(all.map((permission) => codeOf(null, permission))).toEqual(all.map(() => 'UNAUTHENTICATED'));
    expect(all.map((permission) => codeOf(bearing(), permission))).toEqual(all.map(() => 'FORBIDDEN'));
  });

  it('says who it is that may', () => {
    const identity = bearing('recorder');
    expect(authorise(identity, 'RECORD_STATUS')).toBe(identity);
  });

  it('says what is needed and what there is', () => {
    expect(() => authorise(null, 'RECORD_STATUS')).toThrow('This needs a bearer token with the role recorder.');
    expect(() => authorise(bearing('reader'), 'RECORD_STATUS')).toThrow(
      'This is for the role recorder; the token says reader.',
    );
    expect(() => authorise(bearing(), 'RECORD_STATUS')).toThrow('has none of the roles');
  });

  it('is documented as it is', () => {
    const text = readFileSync(new URL('../../docs/authority.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([A-Z_]+)` \|.*?\|((?: (?:yes|no) \|){4})$/gm)].map(
      ([, permission = '', cells = '']) => [
        permission,
        cells
          .split('|')
          .slice(0, 4)
          .map((cell) => cell.trim() === 'yes'),
      ],
    );
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(
        all.map((permission) => [permission, roles.map((role) => codeOf(bearing(role), permission) === 'PERMITTED')]),
      ),
    );
  });
});

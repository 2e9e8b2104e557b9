import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { authorise } from '../../src/authority/authorise.js';
import type { Identity } from '../../src/authority/identity.js';
import { powers, type Power } from '../../src/authority/power.js';
import { AuthorityError } from '../../src/authority/authority-error.js';
import { roles, type Role } from '../../src/authority/role.js';

const bearing = (...held: readonly Role[]): Identity => ({ actor: 'a', roles: held, expiresAt: new Date(0) });

const codeOf = (identity: Identity | null, power: Power): string => {
  try {
    authorise(identity, power);
    return 'PERMITTED';
  } catch (error) {
    return error instanceof AuthorityError ? error.code : String(error);
  }
};

const all = Object.keys(powers) as Power[];

/** By hand, from the words of the API: not from the table that is tested. */
const recorded: readonly Power[] = [
  'REGISTER_REGION',
  'REGISTER_PROJECT',
  'NAME',
  'RETIRE',
  'STATE',
  'CORRECT',
  'WITHDRAW',
  'RECORD_MILESTONE',
];
const permitted: Readonly<Record<Role, readonly Power[]>> = {
  reader: ['READ'],
  recorder: ['READ', ...recorded],
  publisher: ['READ', ...recorded, 'DEFINE_PERIOD', 'PUBLISH_PERIOD'],
  administrator: all,
};

describe('authority', () => {
  it.each(roles)('lets a %s do what that role may, and nothing else', (role) => {
    const may = all.filter((power) => codeOf(bearing(role), power) === 'PERMITTED');
    expect(may.toSorted()).toEqual(permitted[role].toSorted());
    const others = all.filter((power) => !may.includes(power));
    expect(others.map((power) => codeOf(bearing(role), power))).toEqual(others.map(() => 'FORBIDDEN'));
  });

  it('goes by the greatest of several roles', () => {
    expect(codeOf(bearing('reader', 'publisher'), 'PUBLISH_PERIOD')).toBe('PERMITTED');
    expect(codeOf(bearing('publisher', 'reader'), 'STATE')).toBe('PERMITTED');
  });

  it('is none without a token, and none without a role', () => {
    expect(all.map((power) => codeOf(null, power))).toEqual(all.map(() => 'UNAUTHENTICATED'));
    expect(all.map((power) => codeOf(bearing(), power))).toEqual(all.map(() => 'FORBIDDEN'));
  });

  it('says who it is that may', () => {
    const identity = bearing('recorder');
    expect(authorise(identity, 'STATE')).toBe(identity);
  });

  it('says what is needed and what there is', () => {
    expect(() => authorise(null, 'STATE')).toThrow('This needs a bearer token with the role recorder.');
    expect(() => authorise(bearing('reader'), 'STATE')).toThrow(
      'This is for the role recorder; the token says reader.',
    );
    expect(() => authorise(bearing(), 'STATE')).toThrow('has none of the roles');
  });

  it('is documented as it is', () => {
    const text = readFileSync(new URL('../../docs/authority.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([A-Z_]+)` \|.*?\|((?: (?:yes|no) \|){4})$/gm)].map(
      ([, power = '', cells = '']) => [
        power,
        cells
          .split('|')
          .slice(0, 4)
          .map((cell) => cell.trim() === 'yes'),
      ],
    );
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(
        all.map((power) => [power, roles.map((role) => codeOf(bearing(role), power) === 'PERMITTED')]),
      ),
    );
  });
});

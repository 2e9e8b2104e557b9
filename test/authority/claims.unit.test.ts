import { describe, expect, it } from 'vitest';
import { personIn, rolesIn } from '../../src/authority/claims.js';

describe('the roles of a token', () => {
  it.each([
    ['a list', 'roles', { roles: ['recorder', 'publisher'] }],
    ['a text with spaces', 'roles', { roles: 'recorder publisher' }],
    ['a text with commas', 'roles', { roles: 'recorder, publisher' }],
    ['a path', 'realm_access.roles', { realm_access: { roles: ['recorder', 'publisher'] } }],
    ['a longer path', 'a.b.c', { a: { b: { c: 'recorder publisher' } } }],
    ['a name with dots', 'https://example.org/roles', { 'https://example.org/roles': ['recorder', 'publisher'] }],
    [
      'a list with roles of others',
      'roles',
      { roles: ['offline_access', 'recorder', 7, 'publisher', null, 'recorder'] },
    ],
  ])('are read from %s', (_name, claim, claims) => {
    expect(rolesIn(claims, claim)).toEqual(['recorder', 'publisher']);
  });

  it.each([
    ['is missing', 'roles', {}],
    ['is elsewhere', 'realm_access.roles', { roles: ['recorder'] }],
    ['leads nowhere', 'roles.of.me', { roles: 'recorder' }],
    ['is a number', 'roles', { roles: 7 }],
    ['is an object', 'roles', { roles: { recorder: true } }],
    ['is written in another case', 'roles', { roles: ['Recorder', 'ADMINISTRATOR'] }],
    ['only contains the word', 'roles', { roles: ['not-an-administrator'] }],
    ['is a property of every object', 'constructor.name', {}],
    ['is a list of lists', 'roles', { roles: [['administrator']] }],
  ])('are none where the claim %s', (_name, claim, claims) => {
    expect(rolesIn(claims, claim)).toEqual([]);
  });
});

describe('the person of a token', () => {
  it('has the name and the address of the standard claims', () => {
    const person = { name: 'Anna de Vries', email: 'anna@example.org' };
    expect(personIn({ ...person, preferred_username: 'anna' })).toEqual(person);
    expect(personIn({ preferred_username: 'anna' })).toEqual({ name: 'anna', email: null });
  });

  it.each([{}, { name: '', email: ' ' }, { name: 7, email: ['a@b'] }])('is nobody we know by %j', (claims) => {
    expect(personIn(claims)).toEqual({ name: null, email: null });
  });
});

import { isRole, type Role } from './role.js';
import type { Person } from './vault/port.js';

export type Claims = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ownProperty = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** The claim of that name or, where there is none, the claim at that path of names with dots between them. */
const claimAt = (claims: Claims, path: string): unknown =>
  ownProperty(claims, path) ?? path.split('.').reduce<unknown>((value, name) => ownProperty(value, name), claims);

/** The roles that a claim names, as a list or as a text with spaces or commas. Other words are roles of other products. */
export function rolesIn(claims: Claims, path: string): readonly Role[] {
  const claim = claimAt(claims, path);
  const words: readonly unknown[] =
    typeof claim === 'string' ? claim.split(/[\s,]+/) : Array.isArray(claim) ? claim : [];
  return [...new Set(words.filter((word): word is Role => typeof word === 'string' && isRole(word)))];
}

const textIn = (claims: Claims, name: string): string | null => {
  const claim = ownProperty(claims, name);
  return typeof claim === 'string' && claim.trim() !== '' ? claim : null;
};

/** The person in the standard claims (OpenID Connect Core, 5.1). */
export const personIn = (claims: Claims): Person => ({
  name: textIn(claims, 'name') ?? textIn(claims, 'preferred_username'),
  email: textIn(claims, 'email'),
});

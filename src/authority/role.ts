/** The roles, in ascending order: each role may do everything that the roles before it may. */
export const roles = ['reader', 'recorder', 'publisher', 'administrator'] as const;

export type Role = (typeof roles)[number];

const rankOf = (role: Role): number => roles.indexOf(role);

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** Whether one of these roles is the needed role or a higher one. */
export const includes = (held: readonly Role[], needed: Role): boolean =>
  held.some((role) => rankOf(role) >= rankOf(needed));

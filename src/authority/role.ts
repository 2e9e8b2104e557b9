/** What somebody may be, from the least power to the most: each may do all that those before it may. */
export const roles = ['reader', 'recorder', 'publisher', 'administrator'] as const;

export type Role = (typeof roles)[number];

const rankOf = (role: Role): number => roles.indexOf(role);

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** Whether somebody with these roles may do what is for that role and those above it. */
export const includes = (held: readonly Role[], needed: Role): boolean =>
  held.some((role) => rankOf(role) >= rankOf(needed));

import type { Person } from './port.js';

/** The longest name or address that is kept, in characters. */
const MAX_LENGTH = 320;

const tidy = (text: string | null): string | null =>
  text === null
    ? null
    : text
        .toWellFormed()
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, MAX_LENGTH)
        .toWellFormed() || null;

/** What is kept of what somebody is said to be. */
export const tidied = ({ name, email }: Person): Person => ({ name: tidy(name), email: tidy(email) });

/** Whether there is anything to write. Almost always there is not, and then nobody has to wait. */
export const isNews = (known: Person, { name, email }: Person): boolean =>
  (name !== null && name !== known.name) || (email !== null && email !== known.email);

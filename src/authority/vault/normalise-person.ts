import type { Person } from './port.js';

/** The longest name or address that is kept, in UTF-16 code units. */
const MAX_TEXT_LENGTH = 320;

const normaliseText = (text: string | null): string | null =>
  text === null
    ? null
    : text
        .toWellFormed()
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, MAX_TEXT_LENGTH)
        .toWellFormed() || null;

/** A person as the vault stores it: without control characters, trimmed, and cut to the longest length. */
export const normalisePerson = ({ name, email }: Person): Person => ({
  name: normaliseText(name),
  email: normaliseText(email),
});

/** Whether a person differs from what is stored. Mostly it does not, and then there is nothing to write or to lock. */
export const hasChanges = (known: Person, { name, email }: Person): boolean =>
  (name !== null && name !== known.name) || (email !== null && email !== known.email);

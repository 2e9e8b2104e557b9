/** A readable key: lower case, diacritics stripped, every run of other characters one hyphen, none at the ends. */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Words that lead on to another: a key that was cut short does not end in one. */
const leadsOn = /(?:-(?:aan|bij|de|een|en|het|in|met|naar|of|om|op|rondom|te|tot|uit|van|voor))+$/;

/** The first words of a slug that fit in `length` characters; a single longer word is cut. */
export function shortened(key: string, length: number): string {
  if (key.length <= length) return key;
  const words = key.slice(0, length + 1).replace(/-[^-]*$/, '');
  return words.slice(0, length).replace(/-$/, '').replace(leadsOn, '');
}

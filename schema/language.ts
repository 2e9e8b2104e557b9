import type { Label } from '../events/primitives.js';
import { defineEnum } from './enum.js';

export const Language = defineEnum('Language', 'The language of a label, a name or a definition.', {
  NL: 'Dutch, as in the reports.',
  EN: 'English; the Dutch text where there is no English one.',
});
export type Language = keyof typeof Language;

/** The options of the argument that every label, name and definition takes. Null means the default. */
export const languageArgument = {
  nullable: true,
  defaultValue: Language.NL,
  description: 'The language to answer in. What has no English text is answered in Dutch.',
} as const;

export const inLanguage = (label: Label, language: Language | null): string =>
  language === 'EN' ? (label.en ?? label.nl) : label.nl;

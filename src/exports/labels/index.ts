import { EN } from './en.js';
import { NL } from './nl.js';

/** The labels of the exports, by the code that the parameter `language` takes. */
export const labelsIn = { NL, EN };

export type ExportLanguage = keyof typeof labelsIn;

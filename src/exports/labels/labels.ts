import type { NL } from './nl.js';

/** The texts of the headings and notes of every export, in one language. */
export type Labels = typeof NL;

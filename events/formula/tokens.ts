import { PeildatumError } from '../errors/peildatum-error.js';

/** A word of a formula with its place in the text, from 0. */
export interface Token {
  readonly kind: 'NUMBER' | 'NAME' | 'SYMBOL' | 'END';
  readonly text: string;
  readonly at: number;
}

/** A text that is no formula, with the place where it stops being one. */
export class FormulaError extends PeildatumError {
  readonly code = 'INVALID_FORMULA';

  constructor(
    readonly at: number,
    message: string,
  ) {
    super(`${message} (at character ${at + 1})`);
  }
}

/** Names are keys, which may begin with a digit ('10-plus', '2020-10'): inside brackets and after @ whatever looks like one is. */
const name = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/y;
const number = /\d+(?:\.\d+)?/y;
const symbol = /[-+*/()[\]=|,@]/y;
const space = /\s+/y;

/** The whole character, also where it takes two places of the text. */
const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0);

/** @throws {FormulaError} at a character that no formula has */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let bracketed = false;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const blank = match(space);
    if (blank !== null) {
      at += blank.length;
      continue;
    }
    const previous = tokens.at(-1)?.text;
    const naming = bracketed || previous === '@' || /[A-Za-z]/.test(text[at] ?? '');
    const word = naming ? match(name) : match(number);
    const found = word ?? match(symbol);
    if (found === null) throw new FormulaError(at, `'${characterAt(text, at)}' is no part of a formula`);
    if (found === '[') bracketed = true;
    if (found === ']') bracketed = false;
    tokens.push({ kind: word === null ? 'SYMBOL' : naming ? 'NAME' : 'NUMBER', text: found, at });
    at += found.length;
  }
  tokens.push({ kind: 'END', text: '', at });
  return tokens;
}

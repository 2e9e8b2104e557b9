import { WorkbookError } from './workbook-error.js';

/** A spreadsheet program allows 32,767 characters in a cell, each of them as an escape of seven. */
const MAX_CELL_CHARACTER_COUNT = 1_048_576;

/** @throws {WorkbookError} where the text is longer than that of a cell can be. */
export function checkCellLength(text: string): void {
  if (text.length > MAX_CELL_CHARACTER_COUNT) {
    throw new WorkbookError(
      `It has a cell with more than ${MAX_CELL_CHARACTER_COUNT} characters, which is more than a cell can hold. Shorten the text and save the file again.`,
    );
  }
}

/** Characters that XML cannot hold are written as '_x000D_'. */
export const unescapeCharacters = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([\da-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** Collects the text of a string item (elements 'si' and 'is'): of all its runs, without phonetic readings. */
export interface StringItem {
  open(name: string): void;
  close(name: string): void;
  text(text: string): void;
  value(): string;
}

export function newStringItem(): StringItem {
  let value = '';
  let isInText = false;
  let isInPhonetic = false;
  return {
    open(name) {
      if (name === 't') isInText = true;
      else if (name === 'rPh') isInPhonetic = true;
    },
    close(name) {
      if (name === 't') isInText = false;
      else if (name === 'rPh') isInPhonetic = false;
    },
    text(text) {
      if (!isInText || isInPhonetic) return;
      value += text;
      checkCellLength(value);
    },
    value: () => unescapeCharacters(value),
  };
}

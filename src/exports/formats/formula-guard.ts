/** The characters that begin a formula, also in the full-width forms of Asian typography. */
const FORMULA_START = '[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]';

const atStart = new RegExp(`^(?:\\s*${FORMULA_START}|[ \u00A0]*[\\t\\r\\n])`);

/**
 * Where the list separator is a semicolon, as in Dutch, a spreadsheet that opens a file with commas begins a new cell at each
 * semicolon and line break within a text.
 */
const withinText = new RegExp(`([;\\t\\r\\n]["'\\s]*)(?=${FORMULA_START})`, 'g');

/** Puts an apostrophe before each part of a text that a spreadsheet would take for a formula when it opens a CSV file. */
export const guardFormula = (text: string): string => {
  const within = text.replaceAll(withinText, "$1'");
  return atStart.test(text) ? `'${within}` : within;
};

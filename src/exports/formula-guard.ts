/** What makes a spreadsheet take text for a formula, also in the wide forms of Asian typography. */
const START = '[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]';

const atStart = new RegExp(`^(?:\\s*${START}|[ \u00A0]*[\\t\\r\\n])`);

/**
 * Where the list separator is a semicolon, as in Dutch, a spreadsheet that is handed a file with commas begins a new cell
 * within the text, and at each line break.
 */
const withinText = new RegExp(`([;\\t\\r\\n]["'\\s]*)(?=${START})`, 'g');

/** Text that no spreadsheet takes for a formula when it opens a CSV file: what would be one gets an apostrophe before it. */
export const guardFormula = (text: string): string => {
  const within = text.replaceAll(withinText, "$1'");
  return atStart.test(text) ? `'${within}` : within;
};

import { UnreadableArchive } from './archive.js';
import type { FaultyCell } from '../sheet.js';

/** The faulty cells of a sheet, under names such as 'C17'. */
export type Faults = ReadonlyMap<string, FaultyCell>;

/** Longer than any cell can be: a spreadsheet program allows 32,767 characters, each of them as an escape of at most ten. */
const LONGEST_CELL = 1_048_576;

const cell = /<(?:\w+:)?c(\s[^>]*?)?(?:\/>|>(.*?)<\/(?:\w+:)?c>)/gs;

/**
 * The cells of a sheet that show an error, and formulas that were saved without what comes out of them. To the library that
 * reads sheets they are empty, and empty means that nothing is stated: so they are looked for here.
 */
export async function faultsIn(xml: AsyncIterable<string>): Promise<Faults> {
  const faults = new Map<string, FaultyCell>();
  let rest = '';
  for await (const piece of xml) {
    rest += piece;
    let read = 0;
    for (const match of rest.matchAll(cell)) {
      read = match.index + match[0].length;
      const fault = faultOf(match[1] ?? '', match[2] ?? '');
      const name = /\sr="([A-Z]+\d+)"/.exec(match[1] ?? '')?.[1];
      if (fault !== null && name !== undefined) faults.set(name, { fault });
    }
    rest = rest.slice(read);
    // What comes between cells is of no use here, and there may be much of it.
    const begun = rest.search(/<(?:\w+:)?c[\s>]/);
    rest = begun >= 0 ? rest.slice(begun) : rest.slice(-16);
    if (rest.length > LONGEST_CELL) throw new UnreadableArchive('It has a cell that is longer than cells can be.');
  }
  return faults;
}

function faultOf(attributes: string, content: string): string | null {
  const value = /<(?:\w+:)?v(?:\s[^>]*)?>(.*?)<\/(?:\w+:)?v>/s.exec(content)?.[1];
  if (/\st="e"/.test(attributes)) return `the error ${value ?? '#VALUE!'}`;
  const isFormula = /<(?:\w+:)?f[\s>/]/.test(content);
  return isFormula && value === undefined && !/<(?:\w+:)?v(?:\s[^>]*)?\/>/.test(content)
    ? 'a formula without a result'
    : null;
}

import { readSheet } from 'read-excel-file/node';
import { columnLetters, type SheetFile, type SheetRow, type SheetValue } from '../sheet.js';
import { SheetRefused } from '../sheet-refused.js';
import { openArchive, UnreadableArchive, type Archive } from './archive.js';
import { faultsIn, type Faults } from './faults.js';
import { sheetsOf, type SheetPart } from './workbook.js';

/**
 * What a workbook may come to when it is unpacked, in bytes. The library that reads it holds all of it in memory, at some
 * five times that; a hundred thousand rows of six cells are 28 MB.
 */
const LARGEST_WORKBOOK = 120_000_000;

export interface XlsxOptions {
  /** The name on the tab; without it, the first sheet that is not hidden. */
  readonly sheet: string | null;
}

/** A sheet of an XLSX workbook. @throws {SheetRefused} */
export async function openXlsx(file: string, { sheet }: XlsxOptions): Promise<SheetFile> {
  try {
    const archive = await openArchive(file);
    const { chosen, others } = choose(await sheetsOf(archive), sheet);
    checkSize(archive);
    const faults = await faultsIn(archive.text(chosen.part));
    const read = await readSheet(file, chosen.place, { trim: false });
    const rows = read.map((cells, index): SheetRow => ({ number: index + 1, cells: cells.map(valueOf) }));
    addFaults(rows, faults);
    const passed = others.length === 0 ? '' : ` Not read: ${others.map(({ name }) => `'${name}'`).join(', ')}.`;
    return { notes: [`Sheet '${chosen.name}' was read.${passed}`], rows: () => rows };
  } catch (error) {
    if (error instanceof UnreadableArchive) throw new SheetRefused(file, error.message, { cause: error });
    if (error instanceof Error && error.name.startsWith('Invalid')) {
      throw new SheetRefused(file, `It cannot be read as XLSX: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

function choose(sheets: readonly SheetPart[], name: string | null): { chosen: SheetPart; others: SheetPart[] } {
  const chosen = name === null ? sheets.find(({ hidden }) => !hidden) : sheets.find((sheet) => sheet.name === name);
  if (chosen) return { chosen, others: sheets.filter((sheet) => sheet !== chosen) };
  const names = sheets.map((sheet) => `'${sheet.name}'`).join(', ');
  throw new UnreadableArchive(
    name === null ? 'It has no sheet that can be seen.' : `It has no sheet '${name}'. Its sheets are ${names}.`,
  );
}

function checkSize({ parts }: Archive): void {
  const size = [...parts.values()].reduce((sum, part) => sum + (/\.xml(\.rels)?$/.test(part.name) ? part.size : 0), 0);
  if (size <= LARGEST_WORKBOOK) return;
  const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);
  throw new UnreadableArchive(
    `It unpacks to ${megabytes(size)} MB; workbooks are read up to ${megabytes(LARGEST_WORKBOOK)} MB. Save the sheet as CSV, which has no such limit.`,
  );
}

/** Days have no zone: the library gives midnight in UTC. */
const valueOf = (value: unknown): SheetValue => {
  if (value instanceof Date)
    return Number.isNaN(value.getTime())
      ? { fault: 'a date that does not exist' }
      : { day: value.toISOString().slice(0, 10) };
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

/** Puts the faults where the library sees nothing; it drops empty rows and columns at the end, so there may be no place yet. */
function addFaults(rows: SheetRow[], faults: Faults): void {
  for (const [name, fault] of faults) {
    const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(name) ?? [];
    const number = Number(digits);
    while (rows.length < number) rows.push({ number: rows.length + 1, cells: [] });
    const row = rows[number - 1];
    if (!row) continue;
    const cells = [...row.cells];
    for (let index = 0; ; index += 1) {
      if (index >= cells.length) cells.push(null);
      if (columnLetters(index) !== letters) continue;
      cells[index] = fault;
      break;
    }
    rows[number - 1] = { number, cells };
  }
}

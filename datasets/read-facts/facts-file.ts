import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** A row of a facts file, by the heads of its columns. */
export type FactRow = Readonly<Record<string, string>>;

// Built code runs from dist/datasets/read-facts, while the facts stay beside the sources.
const folders = ['../facts/', '../../../datasets/facts/'];

export function readFact(file: string): string {
  const url = folders.map((folder) => new URL(folder + file, import.meta.url)).find((each) => existsSync(each));
  if (url === undefined) throw new Error(`The facts file ${file} is missing from the data set`);
  return readFileSync(url, 'utf8');
}

export const readRows = (file: string): FactRow[] =>
  parse<Record<string, string>>(readFact(file), { columns: true, skip_empty_lines: true });

export function cell(row: FactRow, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`The facts have no column ${column}`);
  return value;
}

export const cellOrNull = (row: FactRow, column: string): string | null => cell(row, column) || null;

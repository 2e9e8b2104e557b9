import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { newEventId } from '../../src/event-store/event-id.js';
import type { Append, EventStore } from '../../src/event-store/port.js';

/** Parameters as their URL has them: what is no text is JSON. */
export type Parameters = Readonly<Record<string, unknown>>;

export const urlOf = (path: string, parameters: Parameters = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    search.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return `${path}?${search.toString()}`;
};

/** A table and what is to be known of it, read back from a file. Cells of CSV are all text, and empty where there is none. */
export interface ReadBack {
  readonly rows: readonly (readonly unknown[])[];
  /** By name; names that come back hold all their values. */
  readonly notes: ReadonlyMap<unknown, readonly unknown[]>;
}

const notesOf = (rows: readonly (readonly unknown[])[]): ReadBack['notes'] => {
  const notes = new Map<unknown, unknown[]>();
  for (const [name, ...values] of rows) notes.set(name, [...(notes.get(name) ?? []), ...values]);
  return notes;
};

export const readCsv = (text: string): ReadBack => {
  const rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: false });
  const gap = rows.findIndex((row) => row.length === 1 && row[0] === '');
  return { rows: rows.slice(0, gap), notes: notesOf(rows.slice(gap + 1)) };
};

export const readXlsx = async (bytes: ArrayBuffer): Promise<ReadBack & { readonly pages: readonly string[] }> => {
  const pages = await readXlsxFile(Buffer.from(bytes));
  const [table, notes] = pages;
  const trimmed = (notes?.data ?? []).map((row) => row.slice(0, row.findLastIndex((value) => value !== null) + 1));
  return { rows: table?.data ?? [], notes: notesOf(trimmed), pages: pages.map(({ sheet }) => sheet) };
};

/** The files in a zip archive, by name, as text. */
export const unzipped = (zip: Buffer): Map<string, string> => {
  const files = new Map<string, string>();
  const end = zip.length - 22;
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(entry + offset)) as [
      number,
      number,
      number,
    ];
    const file = zip.readUInt32LE(entry + 42);
    const start = file + 30 + zip.readUInt16LE(file + 26) + zip.readUInt16LE(file + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
    files.set(zip.toString('utf8', entry + 46, entry + 46 + name), inflateRawSync(packed).toString('utf8'));
    entry += 46 + name + extra + comment;
  }
  return files;
};

export interface ErrorAnswer {
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly argument?: string };
  }[];
}

type Written = Append['events'][number];

export const event = (stream: string, type: string, data: Written['data'], schemaVersion = 1): Written => ({
  id: newEventId(),
  stream,
  type,
  schemaVersion,
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  data,
});

export const recordIn = async (log: EventStore, ...events: readonly Written[]): Promise<void> => {
  const result = await log.append({ events });
  if (result.kind !== 'APPENDED') throw new Error(`The log answers an append with ${JSON.stringify(result)}.`);
};

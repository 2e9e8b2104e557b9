import { writeCsv } from './csv.js';
import type { Sheet } from '../sheet.js';
import { writeXlsx } from './xlsx.js';

/** A file format for sheets. The same sheet always gives the same bytes. */
export interface Format {
  readonly extension: string;
  readonly contentType: string;
  write(sheet: Sheet): Promise<Buffer>;
}

export const formats: readonly Format[] = [
  { extension: 'csv', contentType: 'text/csv; charset=utf-8; header=present', write: writeCsv },
  {
    extension: 'xlsx',
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: writeXlsx,
  },
];

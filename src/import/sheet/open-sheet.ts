import { open } from 'node:fs/promises';
import { describeFileProblem } from '../../files/file-problem.js';
import { openCsv } from './csv.js';
import { SheetRefusedError } from './sheet-refused-error.js';
import type { SheetFile } from './sheet.js';
import { openXlsx, type XlsxOptions } from './xlsx/open-xlsx.js';

const startsWith = (bytes: Buffer, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** Opens a sheet. Its first bytes tell its format; its name does not matter. @throws {SheetRefusedError} */
export async function openSheet(file: string, options: XlsxOptions): Promise<SheetFile> {
  const beginning = await beginningOf(file);
  if (startsWith(beginning, [0x50, 0x4b])) return openXlsx(file, options);
  if (startsWith(beginning, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new SheetRefusedError(
      file,
      'It is an old XLS workbook, or one with a password. Save it as XLSX without a password.',
    );
  }
  if (options.sheet !== null)
    throw new SheetRefusedError(file, 'It is no XLSX workbook, so it has no sheets to choose from.');
  return openCsv(file);
}

async function beginningOf(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      return (await handle.read(Buffer.alloc(4), 0, 4, 0)).buffer;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new SheetRefusedError(file, describeFileProblem(error) ?? `It cannot be read: ${String(error)}`, {
      cause: error,
    });
  }
}

import type { SheetFile, SheetRow, SheetValue } from '../sheet.js';
import { SheetRefusedError } from '../sheet-refused-error.js';
import { openArchive, type Archive } from './archive.js';
import { newCellInterpreter, type CellContext } from './cell-value.js';
import { readSharedStrings } from './shared-strings.js';
import { readStyles } from './styles.js';
import { WorkbookError } from './workbook-error.js';
import { readWorkbook, type Workbook, type WorkbookSheet } from './workbook.js';
import { readWorksheet, type WorksheetRow } from './worksheet.js';

/** What the XML of a workbook may come to when it is unpacked. A hundred thousand rows of six cells are 28 MB. */
const MAX_UNPACKED_BYTES = 120_000_000;

export interface XlsxOptions {
  /** The name on the tab; without it, the first sheet that is not hidden. */
  readonly sheet: string | null;
}

/** A sheet of an XLSX workbook. Its rows are read as they are asked for. @throws {SheetRefusedError} */
export async function openXlsx(file: string, { sheet: name }: XlsxOptions): Promise<SheetFile> {
  try {
    const archive = await openArchive(file);
    const workbook = await readWorkbook(archive);
    const sheet = chooseSheet(workbook, name);
    checkSize(archive);
    return { notes: [noteOn(workbook, sheet)], rows: () => rowsOf(file, workbook, sheet) };
  } catch (error) {
    throw sheetRefused(file, error);
  }
}

const sheetRefused = (file: string, error: unknown): unknown =>
  error instanceof WorkbookError ? new SheetRefusedError(file, error.message, { cause: error }) : error;

function chooseSheet({ sheets }: Workbook, name: string | null): WorkbookSheet {
  const worksheets = sheets.filter(({ type }) => type === 'worksheet');
  const chosen = worksheets.find((sheet) => (name === null ? sheet.state === 'visible' : sheet.name === name));
  if (chosen) return chosen;
  const names = worksheets.map((sheet) => `'${sheet.name}'`).join(', ');
  throw new WorkbookError(
    name === null ? 'It has no sheet that can be seen.' : `It has no sheet '${name}'. Its sheets are ${names}.`,
  );
}

function noteOn({ sheets }: Workbook, chosen: WorkbookSheet): string {
  const others = sheets.filter((sheet) => sheet !== chosen).map(({ name }) => `'${name}'`);
  return `Sheet '${chosen.name}' was read.${others.length === 0 ? '' : ` Not read: ${others.join(', ')}.`}`;
}

function checkSize(archive: Archive): void {
  const xmlParts = [...archive.values()].filter(({ name }) => /\.xml(\.rels)?$/.test(name));
  const sizeBytes = xmlParts.reduce((sum, part) => sum + part.sizeBytes, 0);
  if (sizeBytes <= MAX_UNPACKED_BYTES) return;
  const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);
  throw new WorkbookError(
    `It unpacks to ${megabytes(sizeBytes)} MB; workbooks are read up to ${megabytes(MAX_UNPACKED_BYTES)} MB. Save the sheet as CSV, which has no such limit.`,
  );
}

async function* rowsOf(file: string, workbook: Workbook, { part }: WorkbookSheet): AsyncGenerator<SheetRow> {
  try {
    const interpret = newCellInterpreter(await cellContextOf(workbook));
    for await (const item of readWorksheet(part)) {
      if (item.kind === 'ROW') yield { number: item.number, cells: valuesOf(item, interpret) };
    }
  } catch (error) {
    throw sheetRefused(file, error);
  }
}

const cellContextOf = async ({ sharedStrings, styles, isDate1904 }: Workbook): Promise<CellContext> => ({
  sharedStrings: sharedStrings ? await readSharedStrings(sharedStrings) : [],
  styles: styles ? await readStyles(styles) : [],
  isDate1904,
});

function valuesOf({ cells }: WorksheetRow, interpret: ReturnType<typeof newCellInterpreter>): readonly SheetValue[] {
  const values: SheetValue[] = [];
  for (const cell of cells) {
    while (values.length < cell.column) values.push(null);
    values.push(interpret(cell));
  }
  return values;
}

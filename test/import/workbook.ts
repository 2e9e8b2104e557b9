import { crc32, deflateRawSync } from 'node:zlib';

/** What an archive states of its parts, where that is not the truth. */
export interface Misstatement {
  readonly checksum?: number;
  readonly sizeBytes?: number;
}

const PAST_32_BITS = 0xffff_ffff;

const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/** A zip archive of these parts, as spreadsheet programs pack them; `zip64` in the form for archives of any size. */
export function zipped(
  parts: readonly (readonly [name: string, text: string, misstated?: Misstatement])[],
  { zip64 = false }: { readonly zip64?: boolean } = {},
): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text, misstated = {}] of parts) {
    const content = Buffer.from(text, 'utf8');
    const packed = deflateRawSync(content);
    const sizeBytes = misstated.sizeBytes ?? content.length;
    const extra = zip64
      ? Buffer.concat([Buffer.from([1, 0, 24, 0]), uint64(sizeBytes), uint64(packed.length), uint64(offset)])
      : Buffer.alloc(0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(misstated.checksum ?? crc32(content), 10);
    common.writeUInt32LE(zip64 ? PAST_32_BITS : packed.length, 14);
    common.writeUInt32LE(zip64 ? PAST_32_BITS : sizeBytes, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    common.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), extra, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(zip64 ? PAST_32_BITS : offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, entry, Buffer.from(name), extra]),
    );
    files.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(zip64 ? 0xffff : directory.length, 4);
  end.writeUInt16LE(zip64 ? 0xffff : directory.length, 6);
  end.writeUInt32LE(zip64 ? PAST_32_BITS : entries.length, 8);
  end.writeUInt32LE(zip64 ? PAST_32_BITS : offset, 12);
  const end64 = zip64 ? endOfZip64(directory.length, entries.length, offset) : Buffer.alloc(0);
  return Buffer.concat([...files, entries, end64, Buffer.from('PK\u0005\u0006'), end]);
}

function endOfZip64(entryCount: number, directoryBytes: number, directoryOffset: number): Buffer {
  const record = Buffer.concat([
    Buffer.from('PK\u0006\u0006'),
    uint64(44),
    Buffer.from([45, 0, 45, 0]),
    Buffer.alloc(8),
    ...[entryCount, entryCount, directoryBytes, directoryOffset].map(uint64),
  ]);
  const locator = Buffer.concat([
    Buffer.from('PK\u0006\u0007'),
    Buffer.alloc(4),
    uint64(directoryOffset + directoryBytes),
    Buffer.from([1, 0, 0, 0]),
  ]);
  return Buffer.concat([record, locator]);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Cells as they stand in the XML of a sheet, under names such as 'C17'. */
export const cell = {
  text: (name: string, text: string): string =>
    `<c r="${name}" s="0" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`,
  /** In runs with formats of their own, as a program keeps a text of which one word is bold. */
  runs: (name: string, ...texts: readonly string[]): string =>
    `<c r="${name}" t="inlineStr"><is>${texts.map((text) => `<r><rPr><b/></rPr><t xml:space="preserve">${escaped(text)}</t></r>`).join('')}</is></c>`,
  number: (name: string, value: number): string => `<c r="${name}"><v>${value}</v></c>`,
  /** Days since the end of 1899, shown as a date by style 1. */
  date: (name: string, days: number): string => `<c r="${name}" s="1"><v>${days}</v></c>`,
  /** With what came out of it when it was last calculated. */
  formula: (name: string, formula: string, result: string): string =>
    `<c r="${name}" t="str"><f>${escaped(formula)}</f><v>${escaped(result)}</v></c>`,
  numberFormula: (name: string, formula: string, result: number): string =>
    `<c r="${name}"><f>${escaped(formula)}</f><v>${result}</v></c>`,
  uncalculated: (name: string, formula: string): string => `<c r="${name}"><f>${escaped(formula)}</f></c>`,
  error: (name: string, formula: string, error: string): string =>
    `<c r="${name}" t="e"><f>${escaped(formula)}</f><v>${error}</v></c>`,
  /** Formatted, and empty. */
  blank: (name: string): string => `<c r="${name}" s="1"/>`,
};

export interface SheetXml {
  readonly name: string;
  readonly hidden?: boolean;
  /** The cells of each row, by its number. */
  readonly rows: Readonly<Record<number, readonly string[]>>;
  /** Such as 'A1:D1'. */
  readonly merged?: readonly string[];
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

function sheetXml({ rows, merged = [] }: SheetXml): string {
  const data = Object.entries(rows).map(([number, cells]) => `<row r="${number}">${cells.join('')}</row>`);
  const merges =
    merged.length === 0
      ? ''
      : `<mergeCells>${merged.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`;
  return `${XML}<worksheet xmlns="${MAIN}"><cols><col min="1" max="3" width="20"/></cols><sheetData>${data.join('')}</sheetData>${merges}</worksheet>`;
}

/** The parts of a workbook, by name. */
export function workbookParts(...sheets: readonly SheetXml[]): Record<string, string> {
  const numbered = sheets.map((sheet, index) => ({ sheet, number: index + 1 }));
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbered.map(({ sheet, number }) => `<sheet name="${escaped(sheet.name)}" sheetId="${number}"${sheet.hidden ? ' state="hidden"' : ''} r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}">${numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId99" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(numbered.map(({ sheet, number }) => [`xl/worksheets/sheet${number}.xml`, sheetXml(sheet)])),
  };
}

/** A workbook with what the libraries that write workbooks do not write. */
export const workbook = (...sheets: readonly SheetXml[]): Buffer => zipped(Object.entries(workbookParts(...sheets)));

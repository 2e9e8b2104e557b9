import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of these parts, as spreadsheet programs pack them. */
function zipped(parts: Readonly<Record<string, string>>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const content = Buffer.from(text, 'utf8');
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, entry, Buffer.from(name)]),
    );
    files.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, entries, Buffer.from('PK\u0005\u0006'), end]);
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

/** A workbook with what the libraries that write workbooks do not write. */
export function workbook(...sheets: readonly SheetXml[]): Buffer {
  const numbered = sheets.map((sheet, index) => ({ sheet, number: index + 1 }));
  return zipped({
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbered.map(({ sheet, number }) => `<sheet name="${escaped(sheet.name)}" sheetId="${number}"${sheet.hidden ? ' state="hidden"' : ''} r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}">${numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId99" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(numbered.map(({ sheet, number }) => [`xl/worksheets/sheet${number}.xml`, sheetXml(sheet)])),
  });
}

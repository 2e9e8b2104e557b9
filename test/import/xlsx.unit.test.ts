import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSheet } from '../../src/import/sheet/open-sheet.js';
import type { SheetRow } from '../../src/import/sheet/sheet.js';
import { openArchive } from '../../src/import/sheet/xlsx/archive.js';
import { readWorkbook } from '../../src/import/sheet/xlsx/workbook.js';
import { readWorksheet, type WorksheetItem } from '../../src/import/sheet/xlsx/worksheet.js';
import { testDirectory } from '../support/directory.js';
import { cell, workbook, workbookParts, zipped, type Misstatement } from './workbook.js';

const SHEET = 'xl/worksheets/sheet1.xml';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

const plain = { name: 'Blad1', rows: { 1: [cell.text('A1', 'Regio'), cell.number('C1', 5)] } };

/** The parts of a workbook with this XML as its sheet, and with these other parts. */
const partsWith = (sheetXml: string, others: Readonly<Record<string, string>> = {}): [string, string][] =>
  Object.entries({ ...workbookParts(plain), [SHEET]: sheetXml, ...others });

const worksheet = (content: string): string => `<worksheet xmlns="${MAIN}">${content}</worksheet>`;

const directory = testDirectory();
let fileCount = 0;

async function fileOf(content: Buffer): Promise<string> {
  fileCount += 1;
  const file = join(directory, `${fileCount}.xlsx`);
  await writeFile(file, content);
  return file;
}

async function rowsIn(content: Buffer): Promise<SheetRow[]> {
  const { rows } = await openSheet(await fileOf(content), { sheet: null });
  const read: SheetRow[] = [];
  for await (const row of rows()) read.push(row);
  return read;
}

async function itemsIn(sheetXml: string): Promise<WorksheetItem[]> {
  const archive = await openArchive(await fileOf(zipped(partsWith(sheetXml))));
  const part = archive.get(SHEET);
  const items: WorksheetItem[] = [];
  if (part) for await (const item of readWorksheet(part)) items.push(item);
  return items;
}

describe('an archive', () => {
  it('is read in the form for archives of any size too', async () => {
    const parts = Object.entries(workbookParts(plain));
    const rows = await rowsIn(zipped(parts, { zip64: true }));
    expect(rows).toEqual([{ number: 1, cells: ['Regio', null, 5] }]);
    expect(rows).toEqual(await rowsIn(workbook(plain)));
  });

  const misstating = (misstated: Misstatement): Buffer =>
    zipped(Object.entries(workbookParts(plain)).map(([name, text]) => [name, text, name === SHEET ? misstated : {}]));
  const damaged = workbook(plain);
  damaged.fill(0xff, damaged.indexOf(SHEET) + SHEET.length, damaged.indexOf(SHEET) + SHEET.length + 8);

  it.each<[string, Buffer, string]>([
    [
      'a wrong checksum',
      misstating({ checksum: 1 }),
      `Its part ${SHEET} is damaged: its checksum is not the stated one.`,
    ],
    ['more in a part than is stated', misstating({ sizeBytes: 10 }), `Its part ${SHEET} is damaged.`],
    ['less in a part than is stated', misstating({ sizeBytes: 10_000 }), `Its part ${SHEET} is damaged.`],
    ['damaged bytes', damaged, `Its part ${SHEET} is damaged.`],
    [
      'more than may be unpacked',
      misstating({ sizeBytes: 200_000_000 }),
      'It unpacks to 200 MB; workbooks are read up to 120 MB.',
    ],
    [
      'two parts of one name',
      zipped([...Object.entries(workbookParts(plain)), [SHEET, '<worksheet/>']]),
      `It has two parts with the name ${SHEET}.`,
    ],
    [
      'too many parts',
      zipped(Array.from({ length: 10_001 }, (_, index) => [`part${index}`, ''] as const)),
      'It has too many parts to be a workbook.',
    ],
    ['no workbook in it', zipped([['readme.txt', 'Hello']]), 'It is no XLSX file.'],
  ])('is refused with %s', async (_name, content, words) => {
    await expect(rowsIn(content)).rejects.toThrow(words);
  });
});

describe('a workbook', () => {
  it('tells its sheets with their state and type, and from which year it counts days', async () => {
    const rels = (type: string, number: number): string =>
      `<Relationship Id="rId${number}" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/${type}" Target="/xl/${type}s/sheet${number}.xml"/>`;
    const archive = await openArchive(
      await fileOf(
        zipped([
          [
            'xl/workbook.xml',
            `<x:workbook xmlns:x="${MAIN}" xmlns:rel="urn:r"><x:workbookPr date1904="true"/><x:sheets><x:sheet name="Grafiek &amp; zo" rel:id="rId1"/><x:sheet name="Weg" state="veryHidden" rel:id="rId2"/><x:sheet name="Blad" rel:id="rId3"/></x:sheets></x:workbook>`,
          ],
          [
            'xl/_rels/workbook.xml.rels',
            `<Relationships>${rels('chartsheet', 1)}${rels('worksheet', 2)}${rels('worksheet', 3)}</Relationships>`,
          ],
          ['xl/chartsheets/sheet1.xml', '<chartsheet/>'],
          ['xl/worksheets/sheet2.xml', '<worksheet/>'],
          ['xl/worksheets/sheet3.xml', '<worksheet/>'],
        ]),
      ),
    );
    const { isDate1904, sheets } = await readWorkbook(archive);
    expect(isDate1904).toBe(true);
    expect(sheets.map(({ name, state, type, part }) => [name, state, type, part.name])).toEqual([
      ['Grafiek & zo', 'visible', 'chartsheet', 'xl/chartsheets/sheet1.xml'],
      ['Weg', 'veryHidden', 'worksheet', 'xl/worksheets/sheet2.xml'],
      ['Blad', 'visible', 'worksheet', 'xl/worksheets/sheet3.xml'],
    ]);
  });
});

describe('a worksheet', () => {
  it('gives what is hidden, merged and filtered with its rows', async () => {
    const items = await itemsIn(
      worksheet(
        '<cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/></cols>' +
          '<sheetData><row r="2" hidden="true"><c r="B2"><v>1</v></c></row></sheetData>' +
          '<autoFilter ref="A1:C9"/><mergeCells><mergeCell ref="A3:B4"/></mergeCells>' +
          '<drawing><from><row>7</row></from></drawing>',
      ),
    );
    expect(items).toMatchObject([
      { kind: 'HIDDEN_COLUMNS', first: 1, last: 2 },
      { kind: 'ROW', number: 2, isHidden: true, cells: [{ column: 1, type: 'n', value: '1' }] },
      { kind: 'FILTERED_RANGE', range: { first: { row: 1, column: 0 }, last: { row: 9, column: 2 } } },
      { kind: 'MERGED_RANGE', range: { first: { row: 3, column: 0 }, last: { row: 4, column: 1 } } },
    ]);
  });

  it('gives rows and cells without a reference the place after those before them', async () => {
    const items = await itemsIn(
      worksheet(
        '<sheetData><row r="3"><c><v>1</v></c><c r="D3"><v>2</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row></sheetData>',
      ),
    );
    expect(
      items.flatMap((item) =>
        item.kind === 'ROW' ? item.cells.map(({ column, value }) => [item.number, column, value]) : [],
      ),
    ).toEqual([
      [3, 0, '1'],
      [3, 3, '2'],
      [3, 5, '3'],
      [4, 0, '4'],
    ]);
  });

  it('stays sparse: a cell in the last corner takes no room for those before it', async () => {
    const items = await itemsIn(
      worksheet(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
      ),
    );
    expect(items).toMatchObject([{ number: 1_048_576, cells: [{ column: 16_383 }] }]);
  });

  it.each([
    ['rows out of order', '<row r="2"/><row r="1"/>', 'row 1 comes after row 2'],
    ['cells out of order', '<row r="1"><c r="B1"/><c r="A1"/></row>', 'cell A1 comes after B1'],
    ['a cell in another row', '<row r="1"><c r="B2"/></row>', 'cell B2 stands in row 1'],
    ['a cell past the last column', '<row r="1"><c r="XFE1"/></row>', `row 1 has a cell 'XFE1'`],
    ['a row past the last one', '<row r="1048577"/>', `it has a row '1048577'`],
    ['XML that ends too early', '<row r="1">', 'is not well-formed XML'],
    ['a character that does not exist', '<row r="1"><c><v>&#1114112;</v></c></row>', 'is not well-formed XML'],
    ['an entity of its own', '<row r="1"><c><v>&huge;</v></c></row>', 'is not well-formed XML'],
  ])('is refused with %s', async (_name, data, words) => {
    const refused = rowsIn(zipped(partsWith(worksheet(`<sheetData>${data}</sheetData>`))));
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toThrow(`Its part ${SHEET}`);
    await expect(refused).rejects.toThrow('save it as a new XLSX file, or as CSV.');
  });
});

describe('a cell', () => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-413]d\\ mmmm\\ yyyy;@"/><numFmt numFmtId="165" formatCode="[Red]0.0&quot; dagen&quot;"/></numFmts><cellStyleXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf xfId="1"/></cellXfs></styleSheet>`;
  const sharedStrings =
    '<sst><si><t>een</t></si><si><r><t>twee</t></r><r><t xml:space="preserve"> delen</t></r><rPh><t>niet</t></rPh></si><si><t>a_x000D_b</t></si></sst>';

  const valueOf = async (xml: string, date1904 = ''): Promise<unknown> => {
    const book = workbookParts(plain)['xl/workbook.xml'] ?? '';
    const rows = await rowsIn(
      zipped(
        partsWith(worksheet(`<sheetData><row r="1">${xml}</row></sheetData>`), {
          'xl/workbook.xml': book.replace('<sheets>', `${date1904}<sheets>`),
          'xl/styles.xml': styles,
          'xl/sharedStrings.xml': sharedStrings,
        }),
      ),
    );
    return rows[0]?.cells[0];
  };

  it.each<[string, string, unknown]>([
    ['a number', '<c><v>4.5</v></c>', 4.5],
    ['a shared text', '<c t="s"><v>0</v></c>', 'een'],
    ['a shared text in runs', '<c t="s"><v>1</v></c>', 'twee delen'],
    ['a text with an escape', '<c t="s"><v>2</v></c>', 'a\rb'],
    ['a shared text that is not there', '<c t="s"><v>9</v></c>', { fault: 'a text that is missing from the workbook' }],
    ['a text in the cell', '<c t="inlineStr"><is><t>drie</t></is></c>', 'drie'],
    ['a text as CDATA', '<c t="str"><v><![CDATA[<4>]]></v></c>', '<4>'],
    ['a yes', '<c t="b"><v>1</v></c>', true],
    ['nothing but a format', '<c s="1"/>', undefined],
    ['a date by a format of its own', '<c s="1"><v>44286</v></c>', { date: '2021-03-31' }],
    ['a date with a time', '<c s="1"><v>44286.75</v></c>', { date: '2021-03-31' }],
    ['a date by its base style', '<c s="3"><v>44286</v></c>', { date: '2021-03-31' }],
    ['the first day that there is', '<c s="1"><v>1</v></c>', { date: '1900-01-01' }],
    ['a day that never was', '<c s="1"><v>60</v></c>', { fault: 'a date that does not exist' }],
    ['a day after that', '<c s="1"><v>61</v></c>', { date: '1900-03-01' }],
    ['a number of days', '<c s="2"><v>44286</v></c>', 44_286],
    ['a date as text', '<c t="d"><v>2021-03-31T23:30:00</v></c>', { date: '2021-03-31' }],
    ['no date as text', '<c t="d"><v>2021-02-31</v></c>', { fault: 'a date that does not exist' }],
    ['an unknown type', '<c t="x"><v>1</v></c>', { fault: `a value of the unknown type 'x'` }],
    ['no number', '<c><v>vijf</v></c>', { fault: `the number 'vijf', which cannot be read` }],
    ['an error', '<c t="e"><v>#N/A</v></c>', { fault: 'the error #N/A' }],
    ['a formula without a result', '<c><f>A2</f></c>', { fault: 'a formula without a result' }],
    ['a formula with an empty result', '<c t="str"><f>A2</f><v></v></c>', null],
  ])('holds %s', async (_name, xml, value) => {
    expect(await valueOf(xml)).toEqual(value);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const xml = '<c s="1"><v>42824</v></c>';
    expect(await valueOf(xml, '<workbookPr date1904="1"/>')).toEqual({ date: '2021-03-31' });
    expect(await valueOf(xml, '<workbookPr date1904="0"/>')).toEqual({ date: '2017-03-30' });
  });
});

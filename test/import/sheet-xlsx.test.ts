import { describe, expect, it } from 'vitest';
import { newProgramme, stated } from './programme.js';
import { cell, workbook, type SheetXml } from './workbook.js';

const regions = [
  'Zeeland',
  'West-Brabant',
  'Haaglanden',
  'Zuid-Limburg',
  'Friesland',
  'Groningen',
  'Twente',
  'Waardenland',
  'Midden-Holland',
  'Midden-Brabant',
  'Drenthe',
  'Zwolle',
  'Flevoland',
  'Utrecht',
];

/** 31 March 2021, as a spreadsheet program counts days. */
const DAY = 44_286;

/** A sheet that somebody made: titles, headings merged over two rows, notes, a total, formulas and blanks. */
function sheet(change: (rows: Record<number, string[]>) => void = () => undefined): SheetXml {
  const rows: Record<number, string[]> = {
    1: [cell.runs('A1', 'Voortgang ', 'regio’s'), cell.blank('B1'), cell.blank('C1')],
    3: [
      cell.text('A3', 'Regio'),
      cell.text('B3', 'Geldig op'),
      cell.text('C3', 'Fasen'),
      cell.text('F3', 'Opmerkingen'),
    ],
    4: [
      cell.blank('A4'),
      cell.text('C4', 'Afspraken / Convenanten'),
      cell.text('D4', 'Samenwerkings\u00a0dynamiek '),
      cell.text('E4', 'vision'),
    ],
  };
  for (const [index, region] of regions.entries()) {
    const row = 5 + index;
    rows[row] = [
      cell.text(`A${row}`, ` ${region}\u00a0`),
      cell.date(`B${row}`, DAY),
      index % 2 === 0 ? cell.text(`C${row}`, 'implementatiefase ') : cell.numberFormula(`C${row}`, '2*2', 4),
      cell.formula(`D${row}`, '"Samenwerking"&" vanuit visie"', 'Samenwerking vanuit visie'),
      row === 9 ? cell.blank(`E${row}`) : cell.number(`E${row}`, 5),
      cell.text(`F${row}`, 'nog bellen'),
      cell.blank(`H${row}`),
    ];
  }
  for (const row of [19, 20, 400]) rows[row] = [cell.blank(`A${row}`), cell.text(`C${row}`, ' \u00a0 ')];
  change(rows);
  return { name: 'Blad1', rows, merged: ['A1:F1', 'A3:A4', 'B3:B4', 'C3:E3'] };
}

describe('a sheet that somebody made', () => {
  it('is recorded cell by cell, once', async () => {
    const { file, done, recorded } = await newProgramme();
    const path = await file('voortgang.xlsx', workbook({ name: 'Oud', hidden: true, rows: { 1: [] } }, sheet()));
    const summary = await done('import', path);
    expect(summary).toContain(`Sheet 'Blad1' was read. Not read: 'Oud'.`);
    expect(summary).toContain(
      'The headings are in row 4: Regio, Geldig op, Afspraken / Convenanten, Samenwerkings dynamiek, vision. Not read: Opmerkingen.',
    );
    expect(summary).toContain('41 filled cells: 41 recorded.');
    const events = await recorded();
    expect(events.slice(0, 4).map(stated)).toEqual([
      'region-zeeland agreements=4 on 2021-03-31',
      'region-zeeland dynamics=4 on 2021-03-31',
      'region-zeeland vision=5 on 2021-03-31',
      'region-west-brabant agreements=4 on 2021-03-31',
    ]);
    expect(events.map(stated)).not.toContain('region-friesland vision=5 on 2021-03-31');
    expect(new Set(events.map(({ correlationId }) => correlationId)).size).toBe(1);
    expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set(['cli']));

    expect(await done('import', path)).toContain('41 filled cells: 41 unchanged.');
    expect(await recorded()).toHaveLength(41);
  });

  it('is left whole for a wrong label in row 17, which is told with what is accepted', async () => {
    const { file, run, done, recorded, folder } = await newProgramme();
    const wrong = workbook(
      sheet((rows) => {
        rows[17] = [
          cell.text('A17', 'Flevoland'),
          cell.date('B17', DAY),
          cell.text('C17', 'Uitvoeringsfase'),
          cell.number('E17', 5),
        ];
      }),
    );
    const path = await file('voortgang.xlsx', wrong);
    const { code, stdout, stderr } = await run('import', path, '--report', `${folder}/report.csv`);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `row 17, column C (Afspraken / Convenanten), 'Uitvoeringsfase': Accepted are '1' (Voorbereidingsfase, Preparation phase); '2' (Inventarisatiefase, Inventory phase); '3' (Plan van aanpak, Plan of action); '4' (Implementatiefase, Implementation phase). (UNKNOWN_LEVEL)`,
    );
    expect(stderr).toContain('Nothing was recorded, since 1 cell is refused.');
    expect(await recorded()).toEqual([]);

    // Of a row with a mistake in it, nothing is taken on trust.
    expect(await done('import', path, '--partial')).toContain('40 filled cells: 38 recorded, 1 accepted, 1 refused.');
    expect((await recorded()).filter(({ stream }) => stream === 'region-flevoland')).toEqual([]);
  });

  it('is refused where a formula shows an error, or was never calculated: that is not an empty cell', async () => {
    const { file, run, recorded } = await newProgramme();
    const path = await file(
      'voortgang.xlsx',
      workbook(
        sheet((rows) => {
          rows[6] = [
            cell.text('A6', 'West-Brabant'),
            cell.date('B6', DAY),
            cell.error('C6', 'VLOOKUP(1,A:A,2)', '#N/A'),
          ];
          rows[7] = [cell.error('A7', 'Blad2!A7', '#REF!'), cell.date('B7', DAY), cell.number('C7', 4)];
          rows[8] = [
            cell.text('A8', 'Zuid-Limburg'),
            cell.date('B8', DAY),
            cell.number('C8', 4),
            cell.blank('D8'),
            cell.uncalculated('E8', 'C8+1'),
          ];
        }),
      ),
    );
    const { code, stdout } = await run('import', path);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `row 6, column C (Afspraken / Convenanten), 'the error #N/A': The cell holds the error #N/A.`,
    );
    expect(stdout).toContain(`row 7, column A (Regio), 'the error #REF!': The cell holds the error #REF!.`);
    expect(stdout).toContain(
      `row 8, column E (vision), 'a formula without a result': The cell holds a formula without a result.`,
    );
    expect(await recorded()).toEqual([]);
  });

  it('says of a level that became a date what happened to it', async () => {
    const { file, run } = await newProgramme();
    const rows = {
      1: [cell.text('A1', 'project'), cell.text('B1', 'participation')],
      2: [cell.text('A2', 'P-001'), cell.date('B2', DAY)],
    };
    const path = await file('projecten.xlsx', workbook({ name: 'Blad1', rows }));
    expect((await run('import', path, '--effective-on', '2021-03-31')).stdout).toContain(
      `The cell holds the date 2021-03-31. Spreadsheet programs make dates of texts such as '1-3'`,
    );
  });
});

describe('what is no sheet that can be read', () => {
  it.each<[string, string | Buffer, string]>([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'None of its first 100 rows has the headings'],
    ['half a workbook', workbook(sheet()).subarray(0, 900), 'It is no XLSX file, or only part of one.'],
    [
      'an old workbook',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]),
      'It is an old XLS workbook, or one with a password.',
    ],
    ['nothing', '', 'None of its first 100 rows has the headings'],
    ['headings that nobody knows', 'a,b\n1,2\n', 'for regions agreements, dynamics, vision'],
    ['a quotation mark that is never closed', 'region,vision\nZeeland,"5\n', 'Row 2 cannot be read as CSV'],
    [
      'two columns for one scale',
      'region,vision,Regional vision\nZeeland,5,5\n',
      `Columns B ('vision') and C ('Regional vision') mean the same.`,
    ],
  ])('is refused in words: %s', async (_name, content, words) => {
    const { file, run } = await newProgramme();
    const { code, stderr } = await run('import', await file('sheet', content), '--effective-on', '2021-03-31');
    expect(stderr).toContain(words);
    expect(code).toBe(1);
  });

  it('is refused where there is no such file, sheet, period or log', async () => {
    const { file, run, folder } = await newProgramme();
    const path = await file('voortgang.xlsx', workbook(sheet()));
    expect((await run('import', `${folder}/none.csv`)).stderr).toContain('There is no such file.');
    expect((await run('import', path, '--sheet', 'Blad2')).stderr).toContain(
      `It has no sheet 'Blad2'. Its sheets are 'Blad1'.`,
    );
    expect((await run('import', path, '--period', '2021-03')).stderr).toContain(
      'Defined are 2019-03, 2019-10, 2020-03, 2020-10.',
    );
    expect((await run('import', path, '--period', '2020-10', '--effective-on', '2021-01-01')).code).toBe(2);
    expect((await run('import', path, '--actor', 'me')).code).toBe(2);
    expect((await run('import', path, '--report', `${folder}/none/report.csv`)).stderr).toContain('cannot be written');
  });
});

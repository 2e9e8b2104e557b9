import { describe, expect, it } from 'vitest';
import { newProgramme, stated } from './programme.js';

const on = ['--effective-on', '2021-03-31'] as const;

describe('a CSV file', () => {
  const text = `sleutel;naam;visión;Regiovisie / stip op de horizon\r\n\r\nt-gooi;'t Gooi;"één; twee";5\r\nzeeland;Zeeland;;5\r\n`;
  const utf8 = Buffer.from(text, 'utf8');
  it.each<[string, Buffer, string]>([
    ['UTF-8', utf8, 'separated by semicolons'],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from('\uFEFF'), utf8]), 'separated by semicolons'],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'It was read as UTF-16.'],
    ['Windows-1252', Buffer.from(text, 'latin1'), 'It is not UTF-8, so it was read as Windows-1252.'],
    ['commas', Buffer.from(text.replaceAll('; ', '/').replaceAll(';', ','), 'utf8'), 'separated by commas'],
    ['tabs', Buffer.from(text.replaceAll('; ', '/').replaceAll(';', '\t'), 'utf8'), 'separated by tabs'],
  ])('is read in %s', async (_name, content, said) => {
    const { file, done, recorded } = await newProgramme();
    const summary = await done('import', await file('a.csv', content), ...on);
    expect(summary).toContain(said);
    expect(summary).toContain('Not read: visión.');
    expect((await recorded()).map(stated)).toEqual([
      'region-t-gooi vision=5 on 2021-03-31',
      'region-zeeland vision=5 on 2021-03-31',
    ]);
  });

  it('counts rows as a spreadsheet program does, with line breaks in cells and empty rows', async () => {
    const { file, run } = await newProgramme();
    const path = await file(
      'a.csv',
      '"Stand\nvan zaken"\n\nregio,opmerking,vision\nZeeland,"een\ntwee",9\n,,\nUtrecht,,8\n',
    );
    const { stdout } = await run('import', path, ...on);
    expect(stdout).toContain(`row 4, column C (vision), '9'`);
    expect(stdout).toContain(`row 6, column C (vision), '8'`);
  });
});

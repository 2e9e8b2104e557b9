import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { newProgramme, stated } from './programme.js';

describe('a template', () => {
  it.each([
    ['REGION', 'csv', 102],
    ['REGION', 'xlsx', 102],
    ['PROJECT', 'csv', 2206],
    ['PROJECT', 'xlsx', 2206],
  ])('of %s as %s comes back unchanged when it was prefilled', async (kind, format, cells) => {
    const { done, recorded, folder } = await newProgramme();
    for (const [index, options] of [
      ['--period', '2020-10'],
      ['--effective-on', '2023-01-01', '--language', 'en'],
    ].entries()) {
      const out = `${folder}/template${index}.${format}`;
      await done('template', '--subjects', kind, '--out', out, '--prefilled', ...options);
      expect(await done('import', out)).toContain(`${cells} filled cells: ${cells} unchanged.`);
    }
    expect(await recorded()).toEqual([]);
  });

  it('states nothing when it is empty, and what is changed in it only, when it was prefilled', async () => {
    const { done, file, recorded, folder } = await newProgramme();
    await done('template', '--subjects', 'REGION', '--out', `${folder}/empty.csv`);
    expect(await done('import', `${folder}/empty.csv`)).toContain('0 filled cells: none states anything.');

    await done(
      'template',
      '--subjects',
      'REGION',
      '--effective-on',
      '1-4-2021',
      '--prefilled',
      '--out',
      `${folder}/full.csv`,
    );
    const text = await readFile(`${folder}/full.csv`, 'utf8');
    const changed = text.replace(/(zwolle,Zwolle,2021-04-01),[^,]*,[^,]*,[^,]*,/, '$1,4,4,5,');
    await done('import', await file('changed.csv', changed));
    const events = (await recorded()).map(stated);
    expect(events.length).toBeGreaterThan(0);
    expect(events.filter((event) => !event.startsWith('region-zwolle'))).toEqual([]);

    const confirmed = changed.replace(/^.*#prefilled.*\r\n/, '');
    expect(await done('import', await file('confirmed.csv', confirmed))).toMatch(/102 filled cells: \d\d recorded/);
  });
});

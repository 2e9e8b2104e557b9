import { describe, expect, it } from 'vitest';
import { newProgramme, stated } from './programme.js';

const on = ['--effective-on', '2021-03-31'] as const;

describe('a subject', () => {
  it.each([
    ['by its key', 'sleutel', 'arnhem-arnhem', 'arnhem-arnhem'],
    ['by its name', 'naam', "'t Gooi", 't-gooi'],
    ['by its name in another case', 'regio', 'ZUID-HOLLAND  noord', 'zuid-holland-noord'],
    ['with the apostrophe of a word processor', 'regio', '’t gooi', 't-gooi'],
  ])('is found %s', async (_name, heading, text, key) => {
    const { file, done, recorded } = await newProgramme();
    await done('import', await file('a.csv', `${heading},vision\n"${text}",5\n`), ...on);
    expect((await recorded()).map(stated)).toEqual([`region-${key} vision=5 on 2021-03-31`]);
  });

  it.each([
    ['two are called so', 'naam,vision\nArnhem,5', `Use the key: 'arnhem', 'arnhem-arnhem'. (AMBIGUOUS_SUBJECT)`],
    [
      'nobody is called so',
      'regio,vision\nZeelant,5',
      `'Zeelant' is none. Close to it: 'zeeland', 'Zeeland'. (UNKNOWN_SUBJECT)`,
    ],
    [
      'the key says something else than the name',
      'sleutel,naam,vision\nzeeland,Utrecht,5',
      `'Utrecht' is no name of 'zeeland'`,
    ],
    ['there is none', 'regio,vision\n,5', '(NO_SUBJECT)'],
    [
      'it is there twice',
      'regio,vision\nZeeland,5\nUtrecht,5\nzeeland,5',
      `Rows 2 and 4 are both about 'zeeland' on 2021-03-31. Keep one of them. (STATED_TWICE)`,
    ],
    ['two rows fill in different cells for it', 'regio,vision,dynamics\nZeeland,5,\nzeeland,,4', '(STATED_TWICE)'],
  ])('is refused where %s', async (_name, text, words) => {
    const { file, run, recorded } = await newProgramme();
    const { code, stdout } = await run('import', await file('a.csv', text), ...on);
    expect(stdout).toContain(words);
    expect(code).toBe(1);
    expect(await recorded()).toEqual([]);
  });
});

describe('a level', () => {
  it.each([
    ['its key', 'participation', '4-6', '4-6'],
    ['its rank', 'scalability', '4', 'some-regions'],
    ['a key that looks like a rank', 'start', '2020', '2020'],
    ['its Dutch label', 'Opschaalbaarheid', 'ja, LANDELIJK opschaalbaar', 'national'],
    ['its English label', 'Scalability', 'Yes,nationally scalable', 'national'],
  ])('is read by %s', async (_name, heading, text, level) => {
    const { file, done, recorded } = await newProgramme();
    await done(
      'import',
      await file('a.csv', `project;${heading}\nP-001;"${text}"\n`),
      ...on,
      '--reason',
      'Assessed anew',
    );
    expect((await recorded()).map(({ data }) => (data as { level: string }).level)).toEqual([level]);
  });

  it('has no rank on a scale without an order', async () => {
    const { file, run } = await newProgramme();
    const { stdout } = await run('import', await file('a.csv', 'project,status\nP-001,2\n'), ...on);
    expect(stdout).toContain(`'finished-unsuccessful' (Afgerond en niet succesvol verlopen, Finished unsuccessfully);`);
  });

  it('that falls needs a reason, of the row or of the whole sheet', async () => {
    const { file, run, done, recorded } = await newProgramme();
    const path = await file('a.csv', 'regio,vision,reden\nZeeland,3,\n');
    expect((await run('import', path, ...on)).stdout).toContain('(REASON_REQUIRED)');
    await done('import', path, ...on, '--reason', 'The board withdrew its vision.');
    await done(
      'import',
      await file('b.csv', 'regio,vision,reden\nZeeland,2,Opnieuw begonnen\n'),
      '--effective-on',
      '30 april 2021',
    );
    expect((await recorded()).map(({ data }) => (data as { reason: string }).reason)).toEqual([
      'The board withdrew its vision.',
      'Opnieuw begonnen',
    ]);
  });
});

describe('a date', () => {
  it.each(['2021-03-31', '31-03-2021', '31-3-2021', '31/03/2021', '31 maart 2021', '31 Mrt. 2021', '31 March 2021'])(
    'may be written %s',
    async (day) => {
      const { file, done, recorded } = await newProgramme();
      await done('import', await file('a.csv', `regio;geldig op;vision\nZeeland;${day};5\n`));
      expect((await recorded()).map(stated)).toEqual(['region-zeeland vision=5 on 2021-03-31']);
    },
  );

  it.each(['31-02-2021', '31-3-21', '03-31-2021', '44286', 'gisteren', 'maart 2021'])('is not %s', async (day) => {
    const { file, run } = await newProgramme();
    const { stdout } = await run('import', await file('a.csv', `regio;geldig op;vision\nZeeland;${day};5\n`));
    expect(stdout).toContain(`row 2, column B (geldig op), '${day}': Accepted is a date such as 2021-03-31`);
  });

  it('may come from a period, and one in a row goes before it', async () => {
    const { file, done, run, recorded } = await newProgramme();
    const path = await file('a.csv', 'regio,datum,agreements\nArnhem,,\narnhem,,4\nnijmegen,2021-01-01,4\n');
    expect((await run('import', path)).stdout).toContain('(NO_DATE)');
    await done('import', path, '--period', '2020-10');
    await done('import', await file('b.csv', 'regio,periode,dynamics\narnhem,Oktober 2020,4\n'));
    expect((await recorded()).map(stated)).toEqual([
      'region-arnhem agreements=4 on 2020-11-01',
      'region-nijmegen agreements=4 on 2021-01-01',
      'region-arnhem dynamics=4 on 2020-11-01',
    ]);
  });
});

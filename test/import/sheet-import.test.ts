import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { newProgramme, stated } from './programme.js';

const on = ['--effective-on', '2021-03-31'] as const;

describe('what is known already', () => {
  it('is stated anew of another date, unless only changes are asked for', async () => {
    const { file, done, recorded } = await newProgramme();
    const path = await file('a.csv', 'regio,vision\nZeeland,5\n');
    expect(await done('import', path, '--period', '2020-10')).toContain('1 filled cell: 1 unchanged.');
    expect(await done('import', path, ...on, '--changes-only')).toContain('1 filled cell: 1 unchanged.');
    expect(await recorded()).toEqual([]);
    expect(await done('import', path, ...on)).toContain('1 filled cell: 1 recorded.');
  });

  it('is corrected where something else is stated of that very date, for a reason', async () => {
    const { file, run, done, recorded } = await newProgramme();
    const path = await file('a.csv', 'regio,vision\nZeeland,4\n');
    const { code, stdout } = await run('import', path, '--period', '2020-10');
    expect(code).toBe(1);
    expect(stdout).toContain(
      `stated to have level '5' on scale 'vision' from 2020-11-01 already; '4' would correct that, which needs a reason.`,
    );
    await done('import', path, '--period', '2020-10', '--reason', 'Misread at the time', '--basis', 'waargenomen');
    expect((await recorded()).map(stated)).toEqual(['StatusCorrected region-zeeland vision=4 on 2020-11-01']);
    expect(await done('import', path, '--period', '2020-10')).toContain('1 unchanged.');
  });
});

describe('an import', () => {
  it('takes a statement a row too, judges them by their dates, and records evidence', async () => {
    const { file, done, recorded } = await newProgramme();
    const rows = [
      'onderwerp;schaal;niveau;geldig op;grondslag;bewijs;vindplaats;reden',
      'Zeeland;vision;5;2021-05-01;;Verslag;blz. 3;',
      'Zeeland;Regional vision;4;2021-04-01;gepubliceerd;;;Raad',
    ];
    await done('import', await file('a.csv', rows.join('\n')), '--subjects', 'REGION', '--evidence-title', 'Notulen');
    const events = await recorded();
    expect(events.map(stated)).toEqual([
      'region-zeeland vision=4 on 2021-04-01',
      'region-zeeland vision=5 on 2021-05-01',
    ]);
    expect(events.map(({ data }) => data)).toMatchObject([
      { basis: 'PUBLISHED', evidence: [{ title: 'Notulen', locator: null }], reason: 'Raad' },
      { basis: 'OBSERVED', evidence: [{ title: 'Verslag', locator: 'blz. 3' }], reason: null },
    ]);
  });

  it('takes the regions and the care office of projects by name', async () => {
    const { file, done, recorded } = await newProgramme();
    await done('import', await file('a.csv', "project;regio's;zorgkantoor\nP-001;Zeeland, 't Gooi;Menzis\n"), ...on);
    expect((await recorded()).map(stated)).toEqual([
      'project-P-001 regions=t-gooi,zeeland on 2021-03-31',
      'project-P-001 care-office=menzis on 2021-03-31',
    ]);
  });

  it('refuses regions that would run in a circle, however they are spread over the sheet', async () => {
    const { file, run } = await newProgramme();
    const { stdout } = await run(
      'import',
      await file('a.csv', 'regio,parent\nZeeland,Utrecht\nTwente,Drenthe\nUtrecht,Zeeland\n'),
      ...on,
    );
    expect(stdout).toContain('row 4, column B (parent)');
    expect(stdout).toContain('(PARENT_CYCLE)');
  });

  it('records nothing in a dry run, and says what it would', async () => {
    const { file, run, recorded } = await newProgramme();
    const { code, stdout } = await run('import', await file('a.csv', 'regio,vision\nZeeland,5\n'), ...on, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('1 filled cell: 1 accepted.\nNothing was recorded: this was a dry run.\n');
    expect(await recorded()).toEqual([]);
  });

  it('reports every cell in a file in which nothing is a formula', async () => {
    const { file, run, folder } = await newProgramme();
    const path = await file('a.csv', 'regio,vision,dynamics\nZeeland,5,=1+1\nTwente,,4\nNergens,1,2\n');
    await run('import', path, ...on, '--report', `${folder}/report.csv`);
    const report = (await readFile(`${folder}/report.csv`, 'utf8'))
      .split('\r\n')
      .map((line) => line.split(',').slice(0, 10).join(','));
    expect(report).toEqual([
      '\uFEFFrow,column,heading,value,subject,scale,level,effectiveOn,outcome,code',
      '2,B,vision,5,zeeland,vision,5,2021-03-31,accepted,',
      "2,C,dynamics,'=1+1,,,,,refused,UNKNOWN_LEVEL",
      '3,C,dynamics,4,twente,dynamics,4,2021-03-31,accepted,',
      '4,A,regio,Nergens,,,,,refused,UNKNOWN_SUBJECT',
      '4,B,vision,1,,,,,not decided,',
      '4,C,dynamics,2,,,,,not decided,',
      '',
    ]);
  });

  it('leaves a row out of the judgement of the others, where only the good ones are recorded', async () => {
    const { file, run, recorded } = await newProgramme();
    // Without its first row, which has a mistake, the second is no fall.
    const path = await file(
      'a.csv',
      'regio,geldig op,agreements,dynamics\narnhem,2021-01-01,4,9\narnhem,2021-02-01,3,\n',
    );
    expect((await run('import', path)).stdout).toContain('(REASON_REQUIRED)');
    expect((await run('import', path, '--partial')).stdout).toContain(
      '3 filled cells: 1 recorded, 1 accepted, 1 refused.',
    );
    expect((await recorded()).map(stated)).toEqual(['region-arnhem agreements=3 on 2021-02-01']);
  });
});

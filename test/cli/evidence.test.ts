import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eraseActor } from '../../src/authority/erase-actor.js';
import { openSqliteVault } from '../../src/authority/vault/sqlite/index.js';
import { register } from '../../src/cli/commands/evidence.js';
import { execute } from '../../src/commands/execution/execute.js';
import type { Request } from '../../src/commands/execution/request.js';
import { newKeyedMutex } from '../../src/concurrency/keyed-mutex.js';
import { newEventId } from '../../src/event-store/event-id.js';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { parseTlogProof } from '../../src/proofs/notes/tlog-proof.js';
import { event, lines, named, registered } from '../log-format/samples.js';
import {
  linesOf,
  newInstallation,
  packed,
  readManifest,
  settingsIn,
  signed,
  verified,
  words,
} from '../evidence/pack.js';
import { runCommand } from '../support/command-line.js';
import { shippedHistory } from '../support/shipped/history.js';
import { testDirectory } from '../support/directory.js';
import { loadFile } from '../../src/log-format/load-file.js';

const directory = testDirectory();

const evidence = (of: string, ...args: readonly string[]) =>
  runCommand(register, ['evidence', ...args], settingsIn(of));

/** An installation of its own with these lines in its log. */
async function installed(name: string, content: string): Promise<string> {
  const of = join(directory, name);
  mkdirSync(of);
  const file = join(of, 'history.ndjson');
  writeFileSync(file, content);
  const log = openSqliteEventStore({ file: join(of, 'data', 'events.db') });
  await loadFile({ file, log });
  await log.close();
  return of;
}

const erasing = (actor: string) => ({
  command: { kind: 'ERASE_ACTOR' as const, actor, reason: 'They asked for it.', evidence: [] },
  actor: 'administrator',
  idempotencyKey: null,
  expectedRevision: null,
  validateOnly: false,
});

const carriedOut = (log: EventStore) => (request: Request) =>
  execute(request, {
    log,
    mutexes: newKeyedMutex(),
    newId: newEventId,
    newCorrelationId: newEventId,
    countCells: () => Promise.reject(new Error('Nothing is counted here.')),
  });

describe('the evidence of the shipped history', () => {
  let key = '';
  let all = '';
  let first = '';

  beforeAll(async () => {
    ({ key } = await newInstallation(directory, [243, 347, 3167, 5152]));
    first = await packed(directory, 'first', '--period', '2019-03');
    all = await packed(directory, 'all');
  });

  it('is proven with every period, every printed table and every checkpoint at a publication', () => {
    const told = ['--key', key, '--since', join(first, 'checkpoint')];
    const { code, levels } = verified(all, ...told);
    expect({ code, levels }).toEqual({
      code: 0,
      levels: { files: 'PASS', signature: 'PASS', included: 'PASS', grown: 'PASS', complete: 'PASS', replayed: 'PASS' },
    });
    expect(words(all, ...told)).toContain('since 3 earlier checkpoints in the pack');
    expect(words(all, ...told)).toContain('546 cells of 4 publications and 15 tables follow from the events');
    expect(readManifest(all)).toMatchObject({
      format: 'peildatum-evidence@v1',
      origin: 'peildatum.example.org/log',
      treeSize: 5152,
      period: null,
      periods: [
        { key: '2019-03', referenceDate: '2019-03-31', moment: { asOf: '2019-03-31', position: 243 } },
        { key: '2019-10', moment: { position: 347 } },
        { key: '2020-03', moment: { position: 3167 } },
        { key: '2020-10', referenceDate: '2020-11-01', moment: { asOf: '2020-11-01', position: 5150 } },
      ],
      checkpoints: [{ treeSize: 243 }, { treeSize: 347 }, { treeSize: 3167 }],
    });
  });

  it('of one period ends at the first checkpoint after its publication, whenever it is made', async () => {
    expect(readManifest(first)).toMatchObject({ treeSize: 243, period: '2019-03', checkpoints: [] });
    expect(verified(first, '--key', key)).toMatchObject({
      code: 0,
      levels: { grown: 'NOT CHECKED', replayed: 'PASS' },
    });
    const again = await packed(directory, 'again', '--period', '2019-03');
    expect(readFileSync(join(again, 'manifest.json'), 'utf8')).toBe(readFileSync(join(first, 'manifest.json'), 'utf8'));
  });

  it('of the last period has the tables of the report on it', async () => {
    const pack = await packed(directory, 'last', '--period', '2020-10');
    expect(verified(pack, '--key', key)).toMatchObject({ code: 0 });
    const told = words(pack, '--key', key);
    expect(told).toContain('and 12 tables follow from the events');
    expect(told).toMatch(/Of 328 printed figures \d+ are those of the history/);
    const table = readFileSync(join(pack, 'tables', 'report-2021-01-table-6.csv'), 'utf8');
    expect(table).toContain(',Lopend,okt-20,244,0,projects[status=running]@2020-10,244,true,');
  });

  it('holds a proof that stands alone for each statement behind the cells, and for the publication', () => {
    const proofs = readdirSync(join(first, 'proofs'));
    const events = linesOf(first).map(
      (line) => JSON.parse(line) as { id: string; type: string; data: { scale?: string } },
    );
    const proven = events.filter(({ id }) => proofs.includes(`${id}.tlog-proof`));
    expect(proven).toHaveLength(proofs.length);
    expect(new Set(proven.map(({ type }) => type))).toEqual(
      new Set(['PeriodDefined', 'PeriodPublished', 'RegionRegistered', 'StatusStated']),
    );
    const proof = parseTlogProof(readFileSync(join(first, 'proofs', proofs[0] ?? ''), 'utf8'));
    expect(proof.checkpoint).toBe(readFileSync(join(first, 'checkpoint'), 'utf8'));
    expect(proof.index).toBe(events.findIndex(({ id }) => `${id}.tlog-proof` === proofs[0]));
  });

  it('is told of by how much it is and how it is verified', async () => {
    const out = join(directory, 'told');
    const { code, stdout, stderr } = await evidence(directory, '--out', out, '--period', '2019-03');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Gathered 243 events, the publications of 2019-03 and \d+ proofs in .*node verify\.mjs .* --key/,
    );
  });

  it('brings a verifier along, which says that it did', () => {
    const copy = join(directory, 'brought');
    cpSync(first, copy, { recursive: true });
    const { stdout, status } = spawnSync(process.execPath, [join(copy, 'verify.mjs'), copy, '--key', key], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('Note: this verifier came with the pack');
  });

  it('does not prove what somebody was shown of a longer log', () => {
    const since = join(directory, 'later');
    writeFileSync(since, readFileSync(join(all, 'checkpoint')));
    const { code, faults } = verified(first, '--key', key, '--since', since);
    expect(code).toBe(1);
    expect(faults).toMatchObject([
      { level: 'grown', message: expect.stringContaining('covers 5152 events, and the pack ends at 243') },
    ]);
  });

  it.each([
    [
      'a period that is not there',
      ['--period', '2018-10'],
      /^There is no period '2018-10'\. Published: 2019-03, 2019-10, 2020-03, 2020-10\.\n$/,
    ],
    ['a directory that is occupied', ['--out', directory], /exists already, and a pack never replaces anything/],
    ['a directory in none', ['--out', join(directory, 'no', 'such')], /its directory does not exist/],
  ])('is refused for %s, and nothing is left behind', async (_, args, message) => {
    const names = readdirSync(directory);
    const { code, stderr, stdout } = await evidence(directory, '--out', join(directory, 'refused'), ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readdirSync(directory)).toEqual(names);
  });
});

describe('the evidence of another log', () => {
  it('proves the log where nothing was published', async () => {
    const of = await installed('unpublished', lines(registered('zeeland'), named('zeeland', 'Zeeland')));
    const pack = await packed(of, 'pack');
    expect(verified(pack)).toMatchObject({ code: 3, levels: { included: 'PASS', complete: 'PASS', replayed: 'PASS' } });
    expect(existsSync(join(pack, 'proofs'))).toBe(false);
  });

  it('of a period that was not signed yet is signed first, and ends there for good', async () => {
    const history = readFileSync(shippedHistory, 'utf8').split('\n').slice(0, 250);
    const of = await installed('unsigned', history.map((line) => `${line}\n`).join(''));
    const pack = await packed(of, 'pack', '--period', '2019-03');
    expect(readManifest(pack)).toMatchObject({ treeSize: 250, period: '2019-03' });
    const key = (await signed(of, '--keys')).trim();
    const log = openSqliteEventStore({ file: join(of, 'data', 'events.db') });
    await eraseActor(erasing('anna'), { statusOf: async () => 'KNOWN', erase: async () => {} }, carriedOut(log));
    await log.close();
    const again = await packed(of, 'again', '--period', '2019-03');
    expect(readManifest(again)).toEqual(readManifest(pack));
    expect(verified(again, '--key', key)).toMatchObject({ code: 0 });
  });

  it('is proven by either key while keys are changed, and by the new one afterwards', async () => {
    const of = join(directory, 'rotated');
    mkdirSync(of);
    const { key } = await newInstallation(of, [243]);
    const since = join(of, 'since');
    writeFileSync(since, await signed(of));
    await signed(of, '--rotate');
    const both = await packed(of, 'both');
    await signed(of, '--retire');
    const published = join(of, 'data', 'keys', 'checkpoint.vkey');
    const keys = readFileSync(published, 'utf8').trim().split('\n');
    expect(keys).toHaveLength(2);
    for (const given of [...keys, published]) expect(verified(both, '--key', given)).toMatchObject({ code: 0 });
    const { code, faults } = verified(both, '--key', keys[0] ?? '', '--since', since);
    expect(code).toBe(1);
    expect(faults).toMatchObject([{ level: 'grown', message: expect.stringContaining('that key was not given') }]);
    expect(verified(both, '--key', keys[0] ?? '', '--key', key, '--since', since)).toMatchObject({ code: 0 });
  });

  it('is refused for a period that is defined and not published', async () => {
    const data = {
      key: '2021-03',
      label: { nl: 'maart 2021', en: null },
      referenceDate: '2021-03-31',
      assumption: null,
    };
    const of = await installed('defined', lines(event('period-2021-03', 'PeriodDefined', data)));
    const { code, stderr } = await evidence(of, '--out', join(of, 'pack'), '--period', '2021-03');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "Period '2021-03' is not published yet, so its figures can still change. Published: none.\n",
    });
  });

  it('takes the place of an empty directory', async () => {
    const of = await installed('empty', lines(registered('zeeland')));
    mkdirSync(join(of, 'pack'));
    expect(verified(await packed(of, 'pack'))).toMatchObject({ code: 3 });
  });

  it('holds events in the schema version in which they were stored', async () => {
    const old = event('programme', 'MilestoneRecorded', { on: '2017', text: 'Begin', evidence: [] });
    const pack = await packed(await installed('old', lines(old)), 'pack');
    expect(JSON.parse(linesOf(pack)[0] ?? '')).toMatchObject({ position: '1', schemaVersion: 1, data: old.data });
    expect(verified(pack)).toMatchObject({ code: 3, levels: { replayed: 'PASS' } });
  });

  it('tells where a publication does not follow from the history', async () => {
    const data = {
      key: '2021-03',
      label: { nl: 'maart 2021', en: null },
      referenceDate: '2021-03-31',
      assumption: null,
    };
    const cells = [
      { cell: 'regions@2021-03', count: 1 },
      { cell: 'projects@2021-03', count: 7 },
      { cell: 'regions[unknown]@2021-03', count: 0 },
    ];
    const of = await installed(
      'wrong',
      lines(
        registered('zeeland'),
        event('period-2021-03', 'PeriodDefined', data),
        event('period-2021-03', 'PeriodPublished', { period: '2021-03', referenceDate: '2021-03-31', cells }),
      ),
    );
    const { code, faults } = verified(await packed(of, 'pack'));
    expect(code).toBe(1);
    expect(faults).toMatchObject([
      {
        level: 'replayed',
        position: 3,
        cell: 'projects@2021-03',
        message: expect.stringContaining('was published as 7'),
      },
      {
        level: 'replayed',
        position: 3,
        cell: 'regions[unknown]@2021-03',
        message: expect.stringContaining('cannot be counted'),
      },
    ]);
  });

  it('says of a printed figure that the history gives another, and stays proof of it', async () => {
    const cell = (row: string, published: number, formula: string | null, decimals = 0) => ({
      block: null,
      row,
      column: '=1+1',
      published,
      decimals,
      formula,
    });
    const period = {
      key: '2021-03',
      label: { nl: 'maart 2021', en: null },
      referenceDate: '2021-03-31',
      assumption: null,
    };
    const cells = [
      cell('- goed', 1, 'regions'),
      cell('fout; "-2"', 2, 'regions'),
      cell('geld,\nin euro', 2.5, null, 1),
      cell('deel', 0, 'regions/projects'),
    ];
    const report = {
      key: 'r',
      title: '@titel',
      publisher: 'p',
      publishedOn: '2021',
      period: '2021-03',
      tables: [{ number: 1, title: 'T', notes: [], cells }],
      claims: [],
    };
    const of = await installed(
      'printed',
      lines(
        registered('zeeland'),
        event('period-2021-03', 'PeriodDefined', period),
        event('report-r', 'ReportPublished', report),
      ),
    );
    const pack = await packed(of, 'pack');
    expect(verified(pack)).toMatchObject({ code: 3 });
    expect(words(pack)).toContain(
      'Of 4 printed figures 1 are those of the history, 1 differ from it as their tables say, and 2 cannot be computed.',
    );
    expect(readFileSync(join(pack, 'tables', 'report-r-table-1.csv'), 'utf8')).toContain(
      `,'- goed,'=1+1,1,0,regions,1,true,0,0,0\r\n`,
    );
  });

  it('is not broken when an actor is erased, and holds no name before or after', async () => {
    const of = await installed('erased', lines(registered('zeeland', { actor: 'anna' }), named('zeeland', 'Zeeland')));
    const vault = openSqliteVault(join(of, 'data', 'vault.db'));
    await vault.saveActor('anna', { name: 'Anna de Vries', email: 'anna@example.org' });
    const before = await packed(of, 'before');
    const log = openSqliteEventStore({ file: join(of, 'data', 'events.db') });
    await eraseActor(erasing('anna'), vault, carriedOut(log));
    await log.close();
    await vault.close();
    const after = await packed(of, 'after');
    expect(linesOf(after)).toEqual([...linesOf(before), expect.stringContaining('"type":"ActorErased"')]);
    expect(verified(after, '--since', join(before, 'checkpoint'))).toMatchObject({
      code: 3,
      levels: { grown: 'PASS', complete: 'PASS', replayed: 'PASS' },
    });
    for (const pack of [before, after]) {
      expect(linesOf(pack).join()).not.toContain('Vries');
      expect(verified(pack)).toMatchObject({ code: 3, faults: [] });
    }
  });
});

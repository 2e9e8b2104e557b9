import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { register as verify } from '../../src/cli/commands/verify.js';
import { openCheckpointFiles } from '../../src/proofs/checkpoints/checkpoint-files.js';
import { newSignerKey } from '../../src/proofs/notes/note-key.js';
import { parseNote, signNote } from '../../src/proofs/notes/signed-note.js';
import { runCommand } from '../support/command-line.js';
import { testDirectory } from '../support/directory.js';
import { logIn, startInstallation } from '../support/installation.js';
import { rewrite, thoroughness, type Row, type Thoroughness } from '../support/rewriting.js';

const directory = testDirectory();
const readIn = (dataDir: string): string => join(dataDir, 'read.db');

let sound: string;
let yesterday: string;
let dataDir: string;
let made = 0;

const run = (...args: string[]) => runCommand(verify, ['verify', ...args], { DATA_DIR: dataDir });

/** An installation of which the whole log was signed, and its database the day before. */
beforeAll(async () => {
  sound = join(directory, 'sound');
  yesterday = join(directory, 'yesterday.db');
  const installation = await startInstallation(sound);
  const { text } = await installation.answer({ query: '{ logHead { size checkpoint } }' });
  if (!text.includes('— localhost/peildatum')) throw new Error(`The log was not signed: ${text}`);
  await installation.stop();
  cpSync(logIn(sound), yesterday);
  rewrite(yesterday, (rows) => rows.slice(0, -10), 'TREE');
}, 120_000);

beforeEach(() => {
  dataDir = join(directory, String((made += 1)));
  mkdirSync(dataDir);
  cpSync(sound, dataDir, { recursive: true });
});

const change = (rows: Row[], position: number): Row[] =>
  rows.map((row) => (row.position === position ? { ...row, data: row.data.replace(/[a-z]/, 'X') } : row));

const swap = (rows: Row[], position: number): Row[] =>
  rows
    .map((row) => {
      if (row.position === position) return { ...row, position: position + 1 };
      return row.position === position + 1 ? { ...row, position } : row;
    })
    .sort((a, b) => a.position - b.position);

const insert = (rows: Row[], after: number): Row[] => {
  const copied = rows.find(({ position }) => position === after);
  if (!copied) throw new Error('There is an event to put another one behind.');
  const forged = { ...copied, id: '00000000-0000-7000-8000-000000000000', stream: 'period-forged', revision: 0 };
  return [
    ...rows.slice(0, after),
    { ...forged, position: after + 1 },
    ...rows.slice(after).map((row) => ({ ...row, position: row.position + 1 })),
  ];
};

/** By how much was made anew: the place that is named. Of a tree that is whole again, what was signed tells. */
const named: Record<Thoroughness, (position: number) => RegExp> = {
  ROWS: (position) => new RegExp(`the event at position ${position} is not what was recorded`),
  HASHES: (position) =>
    new RegExp(`the event at position ${position - ((position - 1) % 256)} is the first of 256 events whose hash`),
  TREE: () => /when the first \d+ were signed/,
};

describe('peildatum verify', () => {
  it('finds a log and read models sound, and says how much that is', async () => {
    const { code, stdout, stderr } = await run();
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The log: \d+ events, root [0-9a-f]{64}\. It was signed at one size, the last \d+\.\n/);
    expect(stdout).toMatch(/The read models, version 1: compared with the log up to position \d+\.\n$/);
  });

  it('does so while a server goes on', async () => {
    const installation = await startInstallation(dataDir);
    try {
      expect(await run()).toMatchObject({ code: 0, stderr: '' });
    } finally {
      await installation.stop();
    }
  });

  describe.each(thoroughness)('of a log that was rewritten, %s made anew,', (how) => {
    it('names a changed event', async () => {
      rewrite(logIn(dataDir), (rows) => change(rows, 300), how);
      const { code, stderr } = await run('--no-read-models');
      expect(code).toBe(1);
      expect(stderr).toMatch(named[how](300));
    });

    it('names two that changed places', async () => {
      rewrite(logIn(dataDir), (rows) => swap(rows, 700), how);
      const { code, stderr } = await run('--no-read-models');
      expect(code).toBe(1);
      expect(stderr).toMatch(named[how](700));
    });

    it('names one that was put in between', async () => {
      rewrite(logIn(dataDir), (rows) => insert(rows, 900), how);
      const { code, stderr } = await run('--no-read-models');
      expect(code).toBe(1);
      expect(stderr).toMatch(named[how](901));
    });
  });

  it.each([
    ['is no JSON any more', (data: string) => `!${data}`, /the event at position 300 cannot be read any more/],
    [
      'is no event of its type any more',
      (data: string) => data.replace(/"\d{4}-\d\d-\d\d"/, '"2020-99-99"'),
      /the event at position 300 is not what was recorded/,
    ],
  ])('names an event that %s, of which no read models can be made', async (_, change, name) => {
    rewrite(
      logIn(dataDir),
      (rows) => rows.map((row) => (row.position === 300 ? { ...row, data: change(row.data) } : row)),
      'ROWS',
    );
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toMatch(name);
    expect(stderr).toMatch(
      /the read models cannot be compared with the log: An event at positions \d+ to \d+ cannot be read/,
    );
  });

  it('tells that the last ten events are gone, though they were signed', async () => {
    rmSync(logIn(dataDir));
    cpSync(yesterday, logIn(dataDir));
    const { code, stderr } = await run('--no-read-models');
    expect(code).toBe(1);
    expect(stderr).toMatch(/the event at position \d+ is not there, though the first \d+ were signed/);
  });

  it.each([
    [
      'the streams',
      "UPDATE stream SET revision = revision + 5 WHERE name = 'region-zeeland'",
      'streams are said to have another last revision',
    ],
    [
      'the requests',
      "INSERT INTO request VALUES ('forged', 'digest', 1)",
      'idempotency keys are remembered that no event bears',
    ],
  ])('tells of %s that are kept beside the events and do not follow from them', async (_, tampering, told) => {
    const db = new Database(logIn(dataDir));
    expect(db.prepare(tampering).run().changes).toBe(1);
    db.close();
    const { code, stderr } = await run('--no-read-models');
    expect(code).toBe(1);
    expect(stderr).toContain(told);
  });

  it('tells that a checkpoint is gone from the log', async () => {
    const db = new Database(logIn(dataDir));
    const trigger = "SELECT sql FROM sqlite_schema WHERE name = 'checkpoint_is_never_removed'";
    const sql = db.prepare<[], string>(trigger).pluck().get() ?? '';
    db.exec('DROP TRIGGER checkpoint_is_never_removed');
    db.exec(`INSERT INTO checkpoint SELECT number + 1, size, note || ' ' FROM checkpoint`);
    db.exec('DELETE FROM checkpoint WHERE number = 1');
    db.exec(sql);
    db.close();
    const { stderr } = await run('--no-read-models');
    expect(stderr).toContain('checkpoints of the log before number 2 are gone');
  });

  it('names a checkpoint that another key has signed', async () => {
    const outside = openCheckpointFiles(dataDir);
    const [latest] = outside.newest();
    if (!latest) throw new Error('Something was signed.');
    const { text } = parseNote(latest.note);
    writeFileSync(latest.file, signNote(text, [newSignerKey('localhost/peildatum')]));
    const { code, stderr } = await run('--no-read-models');
    expect(code).toBe(1);
    expect(stderr).toContain("the checkpoint in checkpoints/latest in DATA_DIR is not of this log's keys");
  });

  it('makes no key where there is none', async () => {
    rmSync(join(dataDir, 'keys'), { recursive: true });
    const { code, stderr } = await run('--no-read-models');
    expect(code).toBe(1);
    expect(stderr).toContain("is not of this log's keys");
    expect(existsSync(join(dataDir, 'keys'))).toBe(false);
  });

  it.each([
    [
      'has other values',
      `UPDATE m1_statement SET level = '1', actor = 'nobody' WHERE position = 1000`,
      'another level, actor than follows from the log',
    ],
    [
      'is missing',
      'DELETE FROM m1_statement WHERE position = 1000',
      'the row of statement with position 1000 is missing',
    ],
    [
      'follows from no event',
      `INSERT INTO m1_subject VALUES (999999, 'REGION', 'atlantis', NULL)`,
      'the row of subject with id 999999 follows from no event',
    ],
  ])('names a row of the read models that %s', async (_, tampering, told) => {
    const db = new Database(readIn(dataDir));
    expect(db.prepare(tampering).run().changes).toBe(1);
    db.close();
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toContain(told);
  });

  it('needs a log', async () => {
    rmSync(logIn(dataDir));
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toContain('There is no log at');
  });
});

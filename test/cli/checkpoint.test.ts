import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { register as checkpoint } from '../../src/cli/commands/checkpoint.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { parseCheckpoint } from '../../src/proofs/notes/tlog-checkpoint.js';
import { parseVerifierKey } from '../../src/proofs/notes/note-key.js';
import { openNote } from '../../src/proofs/notes/signed-note.js';
import { runCommand } from '../support/command-line.js';
import { namedZeeland } from '../support/named-zeeland.js';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();
const ORIGIN = 'cli.example/log';
let made = 0;
let dataDir: string;

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  runCommand(checkpoint, ['checkpoint', ...args], { DATA_DIR: dataDir, LOG_ORIGIN: ORIGIN, ...env });

const keysIn = (text: string) => text.trim().split('\n').map(parseVerifierKey);
const publicKeys = async () => keysIn((await run(['--keys'])).stdout);
const sizeOf = (note: string): number => parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)).size;

async function append(file: string, count: number): Promise<void> {
  const log = openSqliteEventStore({ file });
  const events = Array.from({ length: count }, () => namedZeeland());
  expect((await log.append({ events })).kind).toBe('APPENDED');
  await log.close();
}

let threeEvents: string;
beforeAll(async () => {
  threeEvents = join(directory, 'three.db');
  await append(threeEvents, 3);
});
beforeEach(() => {
  dataDir = join(directory, String((made += 1)));
  mkdirSync(dataDir);
  copyFileSync(threeEvents, join(dataDir, 'events.db'));
});

describe('peildatum checkpoint', () => {
  it('signs the log as it is now, and prints what it signed', async () => {
    const { code, stdout, stderr } = await run([]);
    expect([code, stderr]).toEqual([0, '']);
    const { text } = openNote(stdout, await publicKeys());
    expect(parseCheckpoint(text)).toMatchObject({ origin: ORIGIN, size: 3 });
    expect((await run([])).stdout).toBe(stdout);
  });

  it('writes it to a file', async () => {
    const file = join(dataDir, 'colophon.txt');
    expect(await run(['--out', file])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(file, 'utf8')).toBe((await run([])).stdout);
  });

  it('prints the public keys, and never a private one', async () => {
    const { code, stdout } = await run(['--keys']);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(dataDir, 'keys', 'checkpoint.vkey'), 'utf8'));
    const [, , ...secret] = readFileSync(join(dataDir, 'keys', 'checkpoint.key'), 'utf8')
      .trim()
      .split('+');
    for (const args of [['--keys'], ['--rotate'], ['--retire'], []]) {
      const { stdout: out, stderr: err } = await run(args);
      expect(out + err).not.toContain(secret.at(-1));
      expect(out + err).not.toContain('PRIVATE');
    }
  });

  it('changes keys: both sign until the old one is retired', async () => {
    const before = (await run([])).stdout;
    const [old] = await publicKeys();
    const rotated = await run(['--rotate']);
    expect(rotated.code).toBe(0);
    const keys = await publicKeys();
    expect(keysIn(rotated.stderr).map(({ id }) => id)).toEqual(keys.map(({ id }) => id));
    expect(keys).toHaveLength(2);
    expect(sizeOf(rotated.stdout)).toBe(sizeOf(before));
    for (const key of keys) expect(openNote(rotated.stdout, [key]).verified).toHaveLength(1);
    expect(await run(['--rotate'])).toMatchObject({ code: 1, stderr: expect.stringContaining('--retire') });

    const retired = await run(['--retire']);
    expect(retired).toMatchObject({ code: 0, stderr: expect.stringContaining('Retired keys') });
    await append(join(dataDir, 'events.db'), 1);
    const after = (await run([])).stdout;
    expect((await publicKeys()).map(({ id }) => id)).toEqual([keys[0]?.id]);
    expect(() => openNote(after, old ? [old] : [])).toThrow(/None of the signatures/);
    expect(openNote(after, await publicKeys()).unknown).toEqual([]);
    expect(await run(['--retire'])).toMatchObject({ code: 1, stderr: expect.stringContaining('--rotate') });
  });

  it('signs nothing and changes no key where the log was put back, until that is said to be right, and why', async () => {
    await append(join(dataDir, 'events.db'), 2);
    const lost = (await run([])).stdout;
    const [key] = await publicKeys();
    copyFileSync(threeEvents, join(dataDir, 'events.db'));
    for (const args of [[], ['--rotate'], ['--retire']]) {
      const { code, stdout, stderr } = await run(args);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/shorter than it was.*position 3 .* signed at size 5 .*--after-restore/);
    }
    expect((await publicKeys()).map(({ id }) => id)).toEqual([key?.id]);
    expect((await run(['--after-restore', ' '])).stderr).toContain('needs a reason');

    const { code, stdout, stderr } = await run(['--after-restore', 'The disk broke.']);
    expect(code).toBe(0);
    expect(sizeOf(stdout)).toBe(3);
    const [aside = ''] = readdirSync(join(dataDir, 'checkpoints', 'set-aside'));
    const kept = join(dataDir, 'checkpoints', 'set-aside', aside);
    expect(stderr).toContain(kept);
    expect(readFileSync(join(kept, '5.checkpoint'), 'utf8')).toBe(lost);
    expect(readFileSync(join(kept, 'why.json'), 'utf8')).toContain('The disk broke.');
    expect((await run([])).stdout).toBe(stdout);
    expect((await run(['--after-restore', 'Again.'])).stderr).toContain('nothing was set aside');
  });

  it('does one thing at a time, and needs a log', async () => {
    expect((await run(['--rotate', '--retire'])).code).toBe(2);
    expect((await run(['--keys', '--after-restore', 'x'])).code).toBe(2);
    rmSync(join(dataDir, 'events.db'));
    expect((await run([])).code).toBe(1);
    expect(existsSync(join(dataDir, 'events.db'))).toBe(false);
  });

  it('names the setting that does not fit', async () => {
    expect((await run([], { LOG_ORIGIN: 'two words' })).stderr).toMatch(/^LOG_ORIGIN is "two words"; it accepts a URL/);
    expect((await run([], { CHECKPOINT_EVERY: '-1' })).stderr).toMatch(/^CHECKPOINT_EVERY is "-1"/);
    await run([]);
    expect((await run([], { LOG_ORIGIN: 'other.example/log' })).stderr).toContain(`set LOG_ORIGIN to '${ORIGIN}'`);
    const missing = join(dataDir, 'missing.key');
    expect((await run([], { CHECKPOINT_KEY: missing })).stderr).toContain(missing);
  });

  it('tells servers with different keys on one log to share one', async () => {
    await run([]);
    const log = `sqlite:${join(dataDir, 'events.db')}`;
    dataDir = join(directory, `${made}-other`);
    expect((await run([], { EVENT_STORE_URL: log })).stderr).toMatch(/not of this server's keys.*CHECKPOINT_KEY/);
    const shared = join(directory, String(made), 'keys', 'checkpoint.key');
    expect((await run([], { EVENT_STORE_URL: log, CHECKPOINT_KEY: shared })).code).toBe(0);
  });
});

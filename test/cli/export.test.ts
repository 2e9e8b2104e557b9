import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { register } from '../../src/cli/commands/export.js';
import { runProgram } from '../../src/cli/program.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { writeLines } from '../../src/log-format/write-lines.js';
import { loadFile } from '../../src/log-format/load-file.js';
import { event, lines, named, registered } from '../log-format/samples.js';
import { runCommand } from '../support/command-line.js';
import { testDirectory } from '../support/directory.js';
import { copyShippedLog } from '../support/shipped/copy.js';

const directory = testDirectory();

const exportFrom = (name: string, ...args: readonly string[]) =>
  runCommand(register, ['export', ...args], { DATA_DIR: join(directory, name) });

/** A log of that name, loaded from a file with these lines or from the shipped history. */
async function newLog(name: string, content?: string): Promise<void> {
  const path = join(directory, name, 'events.db');
  if (content === undefined) {
    await copyShippedLog(path);
    return;
  }
  const file = join(directory, `${name}.ndjson`);
  writeFileSync(file, content);
  const log = openSqliteEventStore({ file: path });
  await loadFile({ file, log });
  await log.close();
}

const three = () => lines(registered('zeeland'), named('zeeland', 'Zeeland'), registered('twente'));

describe('the export of a log', () => {
  it('is loaded into an empty log as the same log, and exported from there as the same bytes', async () => {
    await newLog('shipped');
    const file = join(directory, 'shipped-export.ndjson');
    const result = await exportFrom('shipped', '--out', file);
    expect(result).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        `^Exported 5152 events, positions 1 to 5152, to ${file}\\.\nThe Merkle tree over the first 5152 events .* [0-9a-f]{64}\\.\n$`,
      ) as string,
      stderr: '',
    });
    await newLog('copy', readFileSync(file, 'utf8'));
    const again = join(directory, 'again.ndjson');
    const { stdout } = await exportFrom('copy', '--out', again);
    expect(stdout).toBe(result.stdout.replace(file, again));
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
    const [one, other] = ['shipped', 'copy'].map((name) =>
      openSqliteEventStore({ file: join(directory, name, 'events.db') }),
    );
    expect(await other?.readAll(0, 10_000)).toEqual(await one?.readAll(0, 10_000));
    await one?.close();
    await other?.close();
  });

  it('goes to standard output when no file is named, and what is told then goes elsewhere', async () => {
    await newLog('out', three());
    const { code, stdout, stderr } = await exportFrom('out');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Exported 3 events, positions 1 to 3\.\nThe Merkle tree over the first 3 events .*\n$/);
    const parsed = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { sequence: string });
    expect(parsed.map(({ sequence }) => sequence)).toEqual(['1', '2', '3']);
  });

  it('begins and ends where it is told to', async () => {
    await newLog('part', three());
    const whole = (await exportFrom('part')).stdout.split('\n');
    expect((await exportFrom('part', '--after', '1')).stdout).toBe(`${whole.slice(1, 3).join('\n')}\n`);
    expect((await exportFrom('part', '--up-to', '2')).stdout).toBe(`${whole.slice(0, 2).join('\n')}\n`);
    expect((await exportFrom('part', '--after', '1', '--up-to', '2')).stdout).toBe(`${whole[1]}\n`);
    const none = await exportFrom('part', '--after', '3');
    expect(none).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^Exported 0 events\.\n/) as string,
    });
  });

  it('continues a log that was loaded from an earlier one', async () => {
    await newLog('grows', three());
    await newLog('follows', (await exportFrom('grows', '--up-to', '2')).stdout);
    await newLog('follows', (await exportFrom('grows', '--after', '2')).stdout);
    expect((await exportFrom('follows')).stdout).toBe((await exportFrom('grows')).stdout);
  });

  it('holds events in the schema version in which they were stored', async () => {
    const old = event('programme', 'MilestoneRecorded', { on: '2017', text: 'Begin', evidence: [] });
    await newLog('old', lines(old));
    expect(JSON.parse((await exportFrom('old')).stdout)).toMatchObject({
      dataschema: 'urn:peildatum:event:MilestoneRecorded:1',
      data: old.data,
    });
  });

  it('ends where the log ended when it began, whatever is appended meanwhile', async () => {
    await newLog('live', three());
    const log = openSqliteEventStore({ file: join(directory, 'live', 'events.db') });
    const upTo = (await log.head()).position;
    const exported = writeLines(log, { after: 0, upTo });
    const { recordedAt: _, ...meanwhile } = registered('drenthe');
    await log.append({ events: [meanwhile] });
    let text = '';
    for await (const chunk of exported) text += chunk;
    expect(text.trimEnd().split('\n')).toHaveLength(upTo);
    await log.close();
  });

  it('reads no further ahead than whoever takes it', async () => {
    await newLog('slow');
    const log = openSqliteEventStore({ file: join(directory, 'slow', 'events.db') });
    let reads = 0;
    const counted = { readAll: (after: number, limit: number) => log.readAll(after, (reads += 1) && limit) };
    const taken: string[] = [];
    for await (const chunk of writeLines(counted, { after: 0, upTo: 5152 })) {
      taken.push(chunk);
      await delay(1);
      expect(reads).toBe(taken.length);
    }
    expect(taken.length).toBeGreaterThan(5);
    await log.close();
  });

  it('waits for a reader that is slow, and tells when it went away', async () => {
    let chunks = 0;
    const stdout = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        chunks += 1;
        setTimeout(() => done(chunks === 2 ? Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }) : null), 20);
      },
    });
    let told = '';
    const env = { DATA_DIR: join(directory, 'slow') };
    const code = await runProgram(
      { args: ['export'], env, stdout, stderr: { write: (text: string) => (told += text) } },
      [register],
    );
    expect({ code, told, chunks }).toEqual({
      code: 1,
      told: 'The reader of the export closed it before its end.\n',
      chunks: 2,
    });
  });

  it('takes the place of an older one when it is whole, and leaves nothing beside it', async () => {
    await newLog('replace', three());
    const folder = join(directory, 'exports');
    mkdirSync(folder);
    const file = join(folder, 'log.ndjson');
    writeFileSync(file, 'an older one');
    expect((await exportFrom('replace', '--out', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe((await exportFrom('replace')).stdout);
    expect(readdirSync(folder)).toEqual(['log.ndjson']);
  });
});

describe('what cannot be exported', () => {
  beforeAll(() => newLog('refuses', three()));

  it.each([
    [['--after', '4'], '--after is 4, but the log ends at position 3.\n'],
    [['--up-to', '4'], '--up-to is 4, but the log ends at position 3.\n'],
    [['--after', '2', '--up-to', '1'], '--up-to 1 stands before --after 2.\n'],
    [['--out', directory], `'${directory}' is there and is no plain file; choose another name.\n`],
    [
      ['--out', join(directory, 'no', 'such')],
      `'${join(directory, 'no', 'such')}' cannot be written: its directory does not exist.\n`,
    ],
  ])('is told with %j', async (args, message) => {
    expect(await exportFrom('refuses', ...args)).toEqual({ code: 1, stdout: '', stderr: message });
  });

  it.each([['-1'], ['x'], ['1.5'], ['']])('is a position %j', async (position) => {
    expect((await exportFrom('refuses', '--after', position)).code).toBe(2);
  });

  it('is a log that is not there, and none is begun', async () => {
    const { code, stderr } = await exportFrom('nowhere');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^There is no log at '.*nowhere/) });
    expect(readdirSync(directory)).not.toContain('nowhere');
  });
});

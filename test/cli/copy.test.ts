import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { register } from '../../src/cli/commands/copy.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { append, events, everything } from '../contract/event-store/support.js';
import { runCommand } from '../support/command-line.js';
import { testDirectory } from '../support/directory.js';
import { describeOnPostgres, inSchema, testSchemas } from '../support/postgres/shared.js';

const directory = testDirectory();
const copy = (from: string, to: string) => runCommand(register, ['copy', '--from', from, '--to', to], {});
const fileOf = (name: string): string => join(directory, `${name}.db`);

async function newLog(name: string, count: number): Promise<string> {
  const log = openSqliteEventStore({ file: fileOf(name) });
  if (count > 0) await append(log, events(count, 'a'));
  await log.close();
  return `sqlite:${fileOf(name)}`;
}

async function read(name: string) {
  const log = openSqliteEventStore({ file: fileOf(name) });
  const all = await everything(log);
  await log.close();
  return all;
}

describe('peildatum copy', () => {
  it('copies a log, and the rest of it the next time', async () => {
    const from = await newLog('from', 3);
    const to = `sqlite:${fileOf('to')}`;
    expect(await copy(from, to)).toEqual({
      code: 0,
      stdout: 'Copied and compared 3 events; both logs end at position 3.\n',
      stderr: '',
    });
    const log = openSqliteEventStore({ file: fileOf('from') });
    await append(log, events(1, 'b'));
    await log.close();
    expect((await copy(from, to)).stdout).toBe(
      'Copied and compared 1 event; both logs end at position 4. 3 events of it were there already.\n',
    );
    expect(await read('to')).toEqual(await read('from'));
    expect((await copy(await newLog('empty', 0), to)).code).toBe(1);
  });

  it('says what is wrong with its URLs, without their passwords', async () => {
    const from = await newLog('good', 1);
    expect(await copy('mysql://peil:secret@db/log', from)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^--from is "mysql:\/\/\*\*\*@db\/log"; it accepts sqlite:.* postgres:/) as string,
    });
    expect((await copy(from, 'log.db')).stderr).toMatch(/^--to is "log.db"; it accepts/);
    expect((await copy(from, `sqlite:${join(directory, '.', 'good.db')}`)).stderr).toMatch(/same log/);
    expect((await copy(`sqlite:${fileOf('none')}`, from)).stderr).toMatch(/There is no log/);
    const nobody = await copy(from, 'postgres://peil:secret@127.0.0.1:1/log');
    expect(nobody.stderr).toMatch(/cannot be reached/);
    expect(nobody.stderr).not.toContain('secret');
  });
});

describeOnPostgres('peildatum copy', (url) => {
  const newSchema = testSchemas(url);

  it('moves a log to PostgreSQL and back', async () => {
    const from = await newLog('moved', 50);
    const server = inSchema(url, newSchema());
    expect((await copy(from, server)).stdout).toMatch(/Copied and compared 50 events/);
    expect((await copy(server, `sqlite:${fileOf('returned')}`)).stdout).toMatch(/Copied and compared 50 events/);
    expect(await read('returned')).toEqual(await read('moved'));
  });
});

import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { openEventStore } from '../../src/event-store/open.js';
import { compose } from '../../src/server/compose.js';
import { scale } from '../http/live-history.js';
import { testDirectory } from '../support/directory.js';
import { copyShippedLog } from '../support/shipped/copy.js';

const directory = testDirectory();

const configFor = (name: string, settings: Readonly<Record<string, string>> = {}) => {
  const { config, problems } = readConfig({ DATA_DIR: join(directory, name), READY_LAG: '0', ...settings });
  if (!config) throw new Error(problems.join('\n'));
  return config;
};

/** Opens what is in the directory, closes it again, and returns its health and what was logged. */
const openAndClose = async (name: string, settings?: Readonly<Record<string, string>>) => {
  const logged: string[] = [];
  const logger = pino({}, { write: (line: string) => void logged.push((JSON.parse(line) as { msg: string }).msg) });
  const composition = await compose(configFor(name, settings), logger);
  const health = await composition.health();
  await composition.close();
  return { ready: health.ready, logged: logged.join('\n') };
};

describe('opening the log and the read models', () => {
  it('fills an empty log with the shipped history, and goes on with it the next time', async () => {
    expect(await openAndClose('twice')).toEqual({ ready: true, logged: expect.stringContaining('shipped history') });
    expect(await openAndClose('twice')).toEqual({ ready: true, logged: '' });
  });

  it('says so when nobody projects what the read models lack', async () => {
    const settings = { PROJECTING: 'off' };
    expect(await openAndClose('nobody', settings)).toEqual({
      ready: false,
      logged: expect.stringContaining('nobody projects'),
    });
    await openAndClose('nobody');
    // Nothing is lacking.
    expect(await openAndClose('nobody', settings)).toEqual({ ready: true, logged: '' });
  });

  it('leaves a log alone that holds anything', async () => {
    await copyShippedLog(join(directory, 'own', 'events.db'));
    expect(await openAndClose('own')).toEqual({ ready: true, logged: 'Signed a checkpoint' });
  });

  it('builds the read models anew when the log that they were made from is gone, and says that it is another one', async () => {
    await openAndClose('lost');
    const path = join(directory, 'lost', 'events.db');
    for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    expect(await openAndClose('lost')).toEqual({
      ready: false,
      logged: expect.stringMatching(
        /shipped history[^]*Rebuilding the read models: they were made from another log[^]*The log was rewritten, or is another one/,
      ),
    });
  });

  it('builds the read models anew when the log that they were made from was exchanged for a longer one', async () => {
    for (const name of ['mine', 'longer']) {
      await openAndClose(name);
      const log = await openEventStore(configFor(name).eventStoreUrl);
      for (let more = name === 'mine' ? 1 : 5; more > 0; more -= 1)
        await log.append({ events: [scale(`scale-${more}`)] });
      await log.close();
      await openAndClose(name);
    }
    copyFileSync(join(directory, 'longer', 'events.db'), join(directory, 'mine', 'events.db'));
    const { logged } = await openAndClose('mine');
    expect(logged).toMatch(/Rebuilding the read models: they were made from another log/);
    // Once: then they are those of this log.
    expect((await openAndClose('mine')).logged).not.toContain('Rebuilding');
  });

  it('goes on with the read models of an older release, which did not write down what they were made from', async () => {
    await openAndClose('older');
    const file = new Database(join(directory, 'older', 'read.db'));
    file.exec('alter table read_model_version drop column event_id');
    file.close();
    expect(await openAndClose('older')).toEqual({ ready: true, logged: '' });
  });

  it('closes the log when the read models cannot be opened', async () => {
    const config = { ...configFor('half'), readDatabaseUrl: { engine: 'sqlite', path: directory } as const };
    await expect(compose(config, pino({ level: 'silent' }))).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  });
});

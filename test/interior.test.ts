import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { openEventStore } from '../src/event-store/open.js';
import { loadFile } from '../src/import/load.js';
import { openInterior } from '../src/interior.js';
import { testDirectory } from './support/directory.js';
import { shippedHistory } from './support/shipped-history.js';

const directory = testDirectory();

const configFor = (name: string) => {
  const { config, problems } = readConfig({ DATA_DIR: join(directory, name), READY_LAG: '0' });
  if (!config) throw new Error(problems.join('\n'));
  return config;
};

/** Opens what is in the directory, closes it again, and returns its health and what was logged. */
const openAndClose = async (name: string) => {
  const logged: string[] = [];
  const logger = pino({}, { write: (line: string) => void logged.push((JSON.parse(line) as { msg: string }).msg) });
  const interior = await openInterior(configFor(name), logger);
  const health = await interior.health();
  await interior.close();
  return { ready: health.ready, logged: logged.join('\n') };
};

describe('opening the log and the read models', () => {
  it('fills an empty log with the shipped history, and goes on with it the next time', async () => {
    expect(await openAndClose('twice')).toEqual({ ready: true, logged: expect.stringContaining('shipped history') });
    expect(await openAndClose('twice')).toEqual({ ready: true, logged: '' });
  });

  it('leaves a log alone that holds anything', async () => {
    const log = await openEventStore(configFor('own').eventStoreUrl);
    await loadFile({ file: shippedHistory, log });
    await log.close();
    expect(await openAndClose('own')).toEqual({ ready: true, logged: 'Signed a checkpoint' });
  });

  it('builds the read models anew when the log that they were made from is gone, and says that it is another one', async () => {
    await openAndClose('lost');
    const path = join(directory, 'lost', 'events.db');
    for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    expect(await openAndClose('lost')).toEqual({
      ready: false,
      logged: expect.stringMatching(
        /shipped history[^]*Rebuilding the read models: they know more events[^]*The log was rewritten, or is another one/,
      ),
    });
  });

  it('closes the log when the read models cannot be opened', async () => {
    const config = { ...configFor('half'), readDatabaseUrl: { engine: 'sqlite', path: directory } as const };
    await expect(openInterior(config, pino({ level: 'silent' }))).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  });
});

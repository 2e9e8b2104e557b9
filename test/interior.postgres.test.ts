import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { openInterior } from '../src/interior.js';
import { testDirectory } from './support/directory.js';
import { describeOnPostgres, inSchema, testSchemas } from './support/postgres/shared.js';

describeOnPostgres('opening a log on PostgreSQL', (url) => {
  const directory = testDirectory();
  const newSchema = testSchemas(url);

  it('fills it with the shipped history when it is empty, and goes on with it the next time', async () => {
    const EVENT_STORE_URL = inSchema(url, newSchema());
    const { config, problems } = readConfig({ DATA_DIR: join(directory, 'data'), EVENT_STORE_URL, READY_LAG: '0' });
    if (!config) throw new Error(problems.join('\n'));
    for (const logs of [/shipped history/, /^$/]) {
      const logged: string[] = [];
      const logger = pino({}, { write: (line: string) => void logged.push(line) });
      const interior = await openInterior(config, logger);
      expect(await interior.health()).toMatchObject({ ready: true, checks: { eventStore: {} } });
      await interior.close();
      expect(logged.join('')).toMatch(logs);
    }
  });
});

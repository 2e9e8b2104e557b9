import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import type { ReadDatabaseUrl } from '../../src/read-models/database/open.js';
import { testDirectory } from './directory.js';
import { newReadDatabase } from './postgres/read-database.js';
import { describeOnPostgres } from './postgres/shared.js';

/** Describes the same behaviour for each database that the read models can be kept in. `place` makes a new, empty one. */
export function describeOnEach(name: string, tests: (place: () => ReadDatabaseUrl) => void): void {
  describe(`${name}, in SQLite`, () => {
    const directory = testDirectory();
    let number = 0;
    tests(() => {
      number += 1;
      return { engine: 'sqlite', path: join(directory, `read-${number}.db`) };
    });
  });
  describeOnPostgres(`${name}, in PostgreSQL`, () => {
    const drops: (() => Promise<unknown>)[] = [];
    afterAll(async () => {
      for (const drop of drops) await drop();
    });
    tests(() => {
      const { readDatabase, drop } = newReadDatabase();
      drops.push(drop);
      return readDatabase;
    });
  });
}

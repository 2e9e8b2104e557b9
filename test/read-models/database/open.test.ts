import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openReadDatabase } from '../../../src/read-models/database/open.js';
import { testDirectory } from '../../support/directory.js';

const directory = testDirectory();

const foreign = (file: string): void => {
  const database = new Database(file);
  database.exec('create table theirs (a)');
  database.close();
};

describe('the file of the read models', () => {
  it.each([
    ['another program’s database', 'FOREIGN', foreign],
    ['no database', 'CORRUPT', (file: string) => writeFileSync(file, 'not a database '.repeat(1000))],
    ['a directory', 'NOT_WRITABLE', (file: string) => mkdirSync(file)],
  ])('is refused when it is %s', async (name, code, make) => {
    const file = join(directory, `${name}.db`);
    make(file);
    await expect(openReadDatabase({ engine: 'sqlite', path: file })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(file),
    });
  });

  it('is refused below what is no directory', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    await expect(openReadDatabase({ engine: 'sqlite', path: join(file, 'read.db') })).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
    });
  });

  it('is made with the directories above it', async () => {
    const path = join(directory, 'new', 'deep', 'read.db');
    const database = await openReadDatabase({ engine: 'sqlite', path });
    await database.close();
    expect(existsSync(path)).toBe(true);
  });
});

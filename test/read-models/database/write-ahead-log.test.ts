import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReadDatabase, type ReadDatabaseHandle } from '../../../src/read-models/database/open.js';
import { truncateWriteAheadLog } from '../../../src/read-models/database/write-ahead-log.js';
import { testDirectory } from '../../support/directory.js';

const directory = testDirectory();
let round = 0;

describe('the write-ahead log of a file of read models', () => {
  let file: string;
  let handle: ReadDatabaseHandle;

  beforeEach(async () => {
    round += 1;
    file = join(directory, `read-${round}.db`);
    handle = await openReadDatabase({ engine: 'sqlite', path: file });
  });
  afterEach(() => handle.close());

  const size = (): number => statSync(`${file}-wal`).size;

  /** One transaction. */
  const write = (megabytes: number) =>
    sql`insert into m1_subject select ifnull(max(id), 0) + 1, 'REGION', 'wide', printf('%.*c', ${megabytes * 1e6}, 'x')
      from m1_subject`.execute(handle.writing);

  it('is cut back after a large transaction', async () => {
    await write(80);
    expect(size()).toBeGreaterThan(80e6);
    await write(0);
    expect(size()).toBeLessThanOrEqual(64 * 2 ** 20);
  });

  it('is emptied on request', async () => {
    await write(1);
    expect(size()).toBeGreaterThan(1e6);
    await truncateWriteAheadLog(handle);
    expect(size()).toBe(0);
  });

  it('is left for another time while somebody reads what was there before', async () => {
    const reader = await openReadDatabase({ engine: 'sqlite', path: file });
    await reader.reading.transaction().execute(async (snapshot) => {
      await sql`select * from m1_subject`.execute(snapshot);
      await write(1);
      await truncateWriteAheadLog(handle);
      expect(size()).toBeGreaterThan(1e6);
      // Nor is anybody kept from writing by it.
      await write(0);
      expect((await sql`select * from m1_subject`.execute(snapshot)).rows).toEqual([]);
    });
    await reader.close();
    await truncateWriteAheadLog(handle);
    expect(size()).toBe(0);
  });

  it('is gone when all have closed the file, also those that asked nothing', async () => {
    const idle = await openReadDatabase({ engine: 'sqlite', path: file });
    await write(1);
    await handle.close();
    await idle.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
  });
});

import { expect, it } from 'vitest';
import { createVersion, dropVersion, liveVersion, versionsOf } from '../../../src/read-models/database/versions.js';
import { rowsIn, withDatabase, write, type Place } from './database-under-test.js';

const row = (key: string) => ({ id: 1, kind: 'REGION', key, summary: null });

export function versions(newPlace: () => Place): void {
  const on = (work: Parameters<typeof withDatabase>[1]) => () => withDatabase(newPlace, work);

  it(
    'begins with one live version, however many open it at once',
    on(async ({ url, open }) => {
      // One thread cannot wait for itself: processes that open a file at once are for another test.
      const together = url.engine === 'sqlite' ? 1 : 6;
      const handles = [...(await Promise.all(Array.from({ length: together }, () => open()))), await open()];
      for (const handle of handles) {
        expect(await versionsOf(handle.reading)).toMatchObject([{ version: 1, role: 'LIVE', position: 0 }]);
      }
    }),
  );

  it(
    'goes on with what was there',
    on(async ({ open }) => {
      const first = await open();
      await write(first, (writer) => writer.insert('subject', [row('kept')]));
      expect(await rowsIn(await open(), 'subject')).toEqual([row('kept')]);
    }),
  );

  it(
    'keeps versions apart, and drops one with all of its tables and no other',
    on(async ({ open }) => {
      const handle = await open();
      for (const version of [2, 10, 12]) {
        await handle.writing.transaction().execute((transaction) => createVersion(transaction, version, 'BUILDING'));
      }
      for (const version of [1, 2, 10, 12]) {
        await write(handle, (writer) => writer.insert('subject', [row(`of ${version}`)]), version);
      }
      await handle.writing.transaction().execute((transaction) => dropVersion(transaction, 1));
      expect((await versionsOf(handle.reading)).map(({ version }) => version)).toEqual([2, 10, 12]);
      for (const version of [2, 10, 12]) {
        expect(await rowsIn(handle, 'subject', version)).toEqual([row(`of ${version}`)]);
      }
      await expect(rowsIn(handle, 'subject', 1)).rejects.toThrow(/m1_subject|damaged/);
      expect((await handle.dialect.tablesWith('m1_').execute(handle.reading)).rows).toEqual([]);
    }),
  );

  it(
    'makes all tables of a version or none',
    on(async ({ open }) => {
      const handle = await open();
      const attempt = handle.writing.transaction().execute(async (transaction) => {
        await createVersion(transaction, 2, 'BUILDING');
        throw new Error('the program is broken off');
      });
      await expect(attempt).rejects.toThrow('broken off');
      expect((await handle.dialect.tablesWith('m2_').execute(handle.reading)).rows).toEqual([]);
      expect(await versionsOf(handle.reading)).toHaveLength(1);
    }),
  );

  it(
    'shows every process at once which version is live',
    on(async ({ open }) => {
      const [here, there] = [await open(), await open()];
      await here.writing.transaction().execute(async (transaction) => {
        await createVersion(transaction, 2, 'BUILDING');
        await transaction
          .updateTable('read_model_version')
          .set({ role: 'PREVIOUS' })
          .where('version', '=', 1)
          .execute();
        await transaction.updateTable('read_model_version').set({ role: 'LIVE' }).where('version', '=', 2).execute();
        expect((await liveVersion(there.reading))?.version).toBe(1);
      });
      expect((await liveVersion(there.reading))?.version).toBe(2);
      expect((await liveVersion(here.reading))?.version).toBe(2);
    }),
  );

  it(
    'says what time it is by the clock of the database',
    on(async ({ open }) => {
      const { reading, dialect } = await open();
      const { now } = await reading
        .selectFrom('read_model_version')
        .select(dialect.now.as('now'))
        .executeTakeFirstOrThrow();
      // A machine's clock is not off by a year.
      expect(Math.abs(now - Date.now())).toBeLessThan(365 * 86_400_000);
      expect(Number.isInteger(now)).toBe(true);
    }),
  );
}

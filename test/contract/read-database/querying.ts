import { expect, it } from 'vitest';
import { statusChanges } from '../../../projections/statements/queries/status-changes.js';
import { statusesAt } from '../../../projections/statements/queries/statuses.js';
import { registeredKeys, subjectsAt } from '../../../projections/statements/queries/subjects.js';
import { tablesOf } from '../../../src/read-models/database/versions.js';
import { withDatabase, write, type Place } from './database-under-test.js';
import { hostile } from './writing.js';

/** What no log can hold, but anybody can ask for. */
const impossible = ['\u0000', 'a\u0000b', '\ud800', 'a\udc00b', '\udc00\ud800'];

const point = { asOf: '2020-01-01', position: 100 };

export function querying(newPlace: () => Place): void {
  const on = (work: Parameters<typeof withDatabase>[1]) => () => withDatabase(newPlace, work);

  it(
    'finds by any text, and nothing by text that cannot be there',
    on(async ({ open }) => {
      const handle = await open();
      const keys = hostile.filter((text) => text.length < 1000);
      const rows = keys.map((key, index) => ({ id: index + 1, kind: 'REGION', key, summary: null }));
      await write(handle, (writer) => writer.insert('subject', rows));
      const read = tablesOf(handle.reading, 1);
      for (const key of keys) expect([...(await registeredKeys(read, 'REGION', [key]))]).toEqual([key]);
      expect([...(await registeredKeys(read, 'REGION', [...impossible, ...keys]))].sort()).toEqual([...keys].sort());
      for (const key of impossible) {
        expect(await subjectsAt(read, { kind: 'REGION', keys: [key] }, point)).toEqual([]);
        expect(await statusesAt(read, [{ subject: 1, scale: key }], point)).toEqual([]);
        const query = { position: 100, includeSuperseded: true, from: [key], scales: [key], keys: [key] };
        const page = { limit: 5, from: 'FIRST' as const };
        expect(await statusChanges(read, query, { by: 'EFFECTIVE_ON', direction: 'ASC' }, page)).toEqual({
          changes: [],
          hasMore: false,
          totalCount: 0,
        });
      }
      expect(await subjectsAt(read, { kind: 'REGION', keys: [] }, point)).toEqual([]);
    }),
  );

  it(
    'takes lists of any length',
    on(async ({ open }) => {
      const handle = await open();
      await write(handle, (writer) =>
        writer.insert('subject', [{ id: 5, kind: 'REGION', key: 'k70000', summary: null }]),
      );
      const read = tablesOf(handle.reading, 1);
      const keys = Array.from({ length: 100_000 }, (_, index) => `k${index}`);
      expect([...(await registeredKeys(read, 'REGION', keys))]).toEqual(['k70000']);
    }),
  );

  it(
    'compares text by its bytes, whatever the language',
    on(async ({ open }) => {
      const handle = await open();
      const keys = ['a', 'B', 'Z', 'b', 'é', 'e', 'z', '_', '-', 'a b', 'ab', 'IJ', 'ij', 'ß', '\u{1f600}', '\uffee'];
      await write(handle, (writer) =>
        writer.insert(
          'subject',
          keys.map((key, index) => ({ id: index + 1, kind: 'REGION', key, summary: null })),
        ),
      );
      const rows = await tablesOf(handle.reading, 1).selectFrom('subject').select('key').orderBy('key').execute();
      const bytewise = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(rows.map(({ key }) => key)).toEqual(bytewise);
    }),
  );
}

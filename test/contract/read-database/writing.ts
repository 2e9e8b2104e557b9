import { expect, it } from 'vitest';
import type { MilestoneRow } from '../../../projections/milestones/tables.js';
import type { SubjectRow } from '../../../projections/statements/tables.js';
import { FOREVER } from '../../../projections/table.js';
import { isRefusedData } from '../../../src/read-models/database/database-failure.js';
import { newWriter } from '../../../src/read-models/database/writer.js';
import { rowsIn, withDatabase, write, type Place } from './database-under-test.js';

/** What a log may hold, and what a database might trip over. */
export const hostile = [
  '',
  ' ',
  "'; drop table m1_subject; --",
  '"quoted" and back\\slashed \\u0041 \\n',
  '%_\\%',
  'null',
  '[1,2]',
  '{"a":null}',
  '  lines\r\n\ttabs\u0001\u001f\u007f\u0085\u2028\u2029',
  'e\u0301 and \u00e9',
  '\u{1f469}\u200d\u{1f692} \u{10ffff} \uffff \ufeff',
  '١٢٣ עברית 漢字',
  'x'.repeat(100_000),
];

const subject = (id: number, key: string, summary: string | null = null): SubjectRow => ({
  id,
  kind: 'REGION',
  key,
  summary,
});

const milestone = (position: number, text: string): MilestoneRow => ({
  position,
  subject: null,
  dated: '2020',
  first_day: '2020-01-01',
  precision: 'YEAR',
  text,
  event_id: 'e',
});

const byId = (rows: readonly SubjectRow[]) => [...rows].sort((a, b) => a.id - b.id);

export function writing(newPlace: () => Place): void {
  const on = (work: Parameters<typeof withDatabase>[1]) => () => withDatabase(newPlace, work);

  it(
    'keeps every text to the character, and nothing apart from the empty text',
    on(async ({ open }) => {
      const handle = await open();
      const rows = [...hostile, null].map((text, index) => subject(index + 1, `k${index}`, text));
      await write(handle, (writer) => writer.insert('subject', rows));
      expect(byId(await rowsIn(handle, 'subject'))).toEqual(rows);
    }),
  );

  it(
    'keeps whole numbers as numbers, to the largest',
    on(async ({ open }) => {
      const handle = await open();
      const row = {
        position: 7,
        key: 'k',
        subject_kind: 'REGION',
        kind: 'ORDINAL',
        definition: '{}',
        known_until: FOREVER,
      };
      await write(handle, (writer) => writer.insert('scale_version', [row]));
      expect(await rowsIn(handle, 'scale_version')).toEqual([row]);
    }),
  );

  it(
    'takes ten thousand rows at once, or none, or a text of ten million characters',
    on(async ({ open }) => {
      const handle = await open();
      const rows = Array.from({ length: 10_000 }, (_, index) => subject(index + 1, `k${index}`));
      const long = 'é'.repeat(10_000_000);
      await write(handle, async (writer) => {
        await writer.insert('subject', rows);
        await writer.insert('summary', []);
        await writer.insert('milestone', [milestone(1, long)]);
      });
      expect((await rowsIn(handle, 'subject')).length).toBe(10_000);
      expect((await rowsIn(handle, 'milestone'))[0]?.text === long).toBe(true);
    }),
  );

  it(
    'closes the rows that are named by their whole key, and no others',
    on(async ({ open }) => {
      const handle = await open();
      const change = (known_from: number, ordinal: number) => ({
        known_from,
        ordinal,
        subject: 1,
        kind: 'REGION',
        scale: 's',
        from_level: null,
        to_level: 'a',
        direction: 'ENTER',
        effective_on: '2020-01-01',
        changed_after: null,
        from_statement: null,
        to_statement: known_from,
        basis: null,
        recorded_by: 'somebody',
        known_from_at: '2020-01-01T00:00:00.000Z',
        superseded_by: FOREVER,
        superseded_at: null,
      });
      const rows = [change(1, 0), change(1, 1), change(2, 0), change(2, 1)];
      const ends = (at: number) => ({ superseded_by: at, superseded_at: `at '${at}'` });
      await write(handle, (writer) => writer.insert('status_change', rows));
      await write(handle, async (writer) => {
        await writer.close('status_change', [
          { key: { known_from: 1, ordinal: 1 }, set: ends(8) },
          { key: { known_from: 2, ordinal: 0 }, set: ends(9) },
        ]);
        await writer.close('status_change', []);
      });
      const found = (await rowsIn(handle, 'status_change')).sort(
        (a, b) => a.known_from - b.known_from || a.ordinal - b.ordinal,
      );
      expect(found).toEqual([rows[0], { ...rows[1], ...ends(8) }, { ...rows[2], ...ends(9) }, rows[3]]);
    }),
  );

  it(
    'writes all of a transaction or nothing, and nobody sees half of it',
    on(async ({ open }) => {
      const [handle, elsewhere] = [await open(), await open()];
      const failure = new Error('in the middle');
      const attempt = handle.writing.transaction().execute(async (transaction) => {
        const writer = newWriter(transaction, 1);
        await writer.insert('subject', [subject(1, 'k')]);
        await transaction.updateTable('read_model_version').set({ position: 5 }).execute();
        expect(await rowsIn(elsewhere, 'subject')).toEqual([]);
        expect(await rowsIn(handle, 'subject')).toEqual([]);
        throw failure;
      });
      await expect(attempt).rejects.toBe(failure);
      expect(await rowsIn(handle, 'subject')).toEqual([]);
      expect(await handle.reading.selectFrom('read_model_version').select('position').execute()).toEqual([
        { position: 0 },
      ]);
      await write(handle, (writer) => writer.insert('subject', [subject(1, 'k')]));
      expect(await rowsIn(elsewhere, 'subject')).toHaveLength(1);
    }),
  );

  it(
    'tells rows that it refuses from what may pass',
    on(async ({ open }) => {
      const handle = await open();
      const twice = [subject(1, 'k'), subject(1, 'l')];
      // What the types forbid, and a mistaken fold could hand over: the database is to refuse it.
      const nameless = [{ ...subject(2, 'k'), key: null as unknown as string }];
      const wordy = [{ ...subject(2, 'k'), id: 'two' as unknown as number }];
      for (const rows of [twice, nameless, wordy]) {
        const refused: unknown = await write(handle, (writer) => writer.insert('subject', rows)).catch(
          (error: unknown) => error,
        );
        expect(refused).toBeInstanceOf(Error);
        expect(isRefusedData(refused)).toBe(true);
      }
      expect(await rowsIn(handle, 'subject')).toEqual([]);
    }),
  );

  it(
    'never writes by the connection that reads',
    on(async ({ open }) => {
      const { reading } = await open();
      await expect(reading.updateTable('read_model_version').set({ position: 9 }).execute()).rejects.toThrow(
        /read-?only/i,
      );
    }),
  );
}

import * as fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { liveVersion, tableDefinitions, tablesOf } from '../../src/read-models/database/versions.js';
import { openKurrentEventStore } from '../../src/event-store/kurrentdb/index.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { describeOnKurrentdb, newLogName } from '../support/kurrentdb/shared.js';
import { describeOnPostgres, dropSchema, newSchema } from '../support/postgres/shared.js';
import type { TestApi, TestApiOptions } from '../support/test-api.js';
import { look, requestIn } from './ask.js';
import { history as histories } from './histories/arbitrary.js';
import { play, type History } from './histories/history.js';
import { answersTo, questionsAbout } from './questions/everything.js';
import { patience, search } from './search.js';
import { ASKED_AT, readLog, withApi, type ReadDatabaseEngine } from './with-api.js';

/** Every row of every table, in the order of the primary keys as the database sees it. */
async function rowsOf({ database }: TestApi): Promise<Record<string, unknown[]>> {
  const live = await liveVersion(database.reading);
  if (!live) throw new Error('There is no live version.');
  const tables = tablesOf(database.reading, live.version);
  const all: Record<string, unknown[]> = {};
  for (const { name, columns, primaryKey, indexes } of tableDefinitions) {
    // By the indexes too: they would not be found in one order if the dialects compared text in different ways.
    for (const order of [primaryKey, ...indexes.map((index) => [...index, ...primaryKey])]) {
      const by = order.map(
        (column) =>
          // Where nothing stands first is up to the database, and nothing here asks for it.
          sql`(${sql.ref(column)} is null), ${sql.ref(column)}`,
      );
      const { rows } = await sql`
        select ${sql.join(Object.keys(columns).map((column) => sql.ref(column)))} from ${sql.table(name)}
        order by ${sql.join(by)}`.execute(tables);
      all[`${name} by ${order.join()}`] = rows;
    }
  }
  return all;
}

const played = (
  past: History,
  looks: Parameters<typeof requestIn>[1][],
  engine: ReadDatabaseEngine,
  options: Pick<TestApiOptions, 'openLog'> = {},
) =>
  withApi(
    async (api) => {
      await play(api, past);
      api.clock.set(ASKED_AT);
      const log = await readLog(api);
      const questions = questionsAbout(
        log,
        looks.map((each) => requestIn(log, each)),
      );
      return { rows: await rowsOf(api), answers: await answersTo(api, questions) };
    },
    engine,
    options,
  );

/** Holds what becomes of generated histories in one place against what becomes of them in files. */
const expectSameAsInFiles = (
  inPlace: (past: History, looks: Parameters<typeof requestIn>[1][]) => ReturnType<typeof played>,
) =>
  fc.assert(
    fc.asyncProperty(histories(), fc.array(look, { minLength: 2, maxLength: 3 }), async (past, looks) => {
      const [files, there] = [await played(past, looks, 'sqlite'), await inPlace(past, looks)];
      expect(there.rows).toEqual(files.rows);
      expect(there.answers).toEqual(files.answers);
    }),
    search(10),
  );

const TITLE = 'gives the same rows byte for byte, and the same answers';

describeOnPostgres('the same history, with all in files and all on PostgreSQL', (url) => {
  it(TITLE, { timeout: patience }, () =>
    expectSameAsInFiles(async (past, looks) => {
      const schema = newSchema();
      const openLog = (clock: () => Date) => openPostgresEventStore({ url, schema, clock });
      const there = await played(past, looks, 'postgres', { openLog });
      await dropSchema(url, schema);
      return there;
    }),
  );
});

describeOnKurrentdb('the same history, with the log in a file and on KurrentDB', (url) => {
  it(TITLE, { timeout: patience }, () =>
    expectSameAsInFiles((past, looks) => {
      const openLog = (clock: () => Date) => openKurrentEventStore({ url: url(), log: newLogName(), clock });
      return played(past, looks, 'sqlite', { openLog });
    }),
  );
});

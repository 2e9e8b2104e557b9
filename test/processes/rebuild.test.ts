import { join } from 'node:path';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openEventStore } from '../../src/event-store/open.js';
import { rebuild } from '../../src/read-models/rebuild/rebuild.js';
import { openReadDatabase, type ReadDatabaseUrl } from '../../src/read-models/database/open.js';
import { versionsOf } from '../../src/read-models/database/versions.js';
import { region } from '../http/live-history.js';
import { testDirectory } from '../support/directory.js';
import { describeOnEach } from '../support/read-databases.js';
import { copyShippedLog } from '../support/shipped/copy.js';
import { openTestApi } from '../support/test-api.js';
import { startCommandProcess } from '../support/processes.js';

const directory = testDirectory();
let number = 0;

const urlOf = (place: ReadDatabaseUrl): string => (place.engine === 'sqlite' ? `sqlite:${place.path}` : place.url);

/** The shipped history in a log of its own. */
async function newLog(): Promise<string> {
  number += 1;
  const file = join(directory, String(number), 'events.db');
  await copyShippedLog(file);
  return file;
}

describeOnEach('a rebuild as a process of its own', (place) => {
  it('goes on after each time that it is killed, until it is done', { timeout: 120_000 }, async () => {
    const readDatabase = place();
    const file = await newLog();
    const env = {
      DATA_DIR: join(file, '..'),
      EVENT_STORE_URL: `sqlite:${file}`,
      READ_DATABASE_URL: urlOf(readDatabase),
      LOG_LEVEL: 'info',
    };
    const log = await openEventStore({ engine: 'sqlite', path: file });
    const database = await openReadDatabase(readDatabase);
    const built = async () => (await versionsOf(database.reading)).find(({ role }) => role === 'BUILDING');
    try {
      const stops: number[] = [];
      for (const _ of ['while it replays', 'a second time']) {
        const before = (await built())?.position ?? -1;
        const running = startCommandProcess(['rebuild'], env);
        // Wherever it is when it has begun, or has got on.
        while (
          ((await built())?.position ?? -1) <= before &&
          (await Promise.race([running.ended, delay(1)])) === undefined
        );
        await running.kill();
        const left = await built();
        if (!left) break;
        stops.push(left.position);
      }
      const last = startCommandProcess(['rebuild'], env);
      expect([await last.ended, last.written()]).toEqual([0, expect.stringContaining('no differences')]);
      if ((stops.at(-1) ?? 0) > 0) expect(last.written()).toContain(`from position ${stops.at(-1)}`);
      expect(await built()).toBeUndefined();
      // What was built in pieces is what is built in one go.
      expect(await rebuild({ log, database, acceptDifferences: false })).toMatchObject({ comparison: { total: 0 } });
    } finally {
      await database.close();
      await log.close();
    }
  });

  it('fails no request, mixes no answer and reports nothing, however much is asked and recorded', async () => {
    const api = await openTestApi({ history: 'SHIPPED', readDatabase: place() });
    try {
      await api.settled();
      const question = `query ($position: Position!) {
        crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: {moments: [{asOf: "2020-10-31", position: $position}]}) {
          cells { count } inScope columns { moment { position } }
        }
        regions(first: 40, at: {position: $position}) { totalCount nodes { key name statuses { level { key } } } }
      }`;
      const position = String((await api.log.head()).position);
      const expected = await api.ask(question, { position });
      let over = false;
      let asked = 0;
      let appended = 0;
      const ask = async (): Promise<void> => {
        for (; !over; asked += 1) {
          expect(await api.ask(question, { position })).toEqual(expected);
          // As between requests over the network: SQLite answers without ever letting go of the process.
          await setImmediate();
        }
      };
      const append = async (): Promise<void> => {
        for (; !over; appended += 1) {
          const [event] = await api.append([region(`new-${appended}`)]);
          // What was recorded is seen by who asks for it, whichever version answers.
          const seen = await api.ask<{ region: { key: string } | null }>(
            `{ region(key: "new-${appended}", at: {atLeast: "${event?.position}"}) { key } }`,
          );
          expect(seen.region?.key).toBe(`new-${appended}`);
          await setImmediate();
        }
      };
      const load = Promise.all([ask(), ask(), append()]);
      try {
        for (let times = 0; times < 3; times += 1) {
          const [asksBefore, appendsBefore] = [asked, appended];
          expect(await api.rebuild()).toMatchObject({ switched: true, comparison: { total: 0 } });
          while (!over && (asked === asksBefore || appended === appendsBefore)) {
            await Promise.race([delay(5), load]);
          }
        }
      } finally {
        over = true;
      }
      await load;
      expect((await versionsOf(api.database.reading)).at(-1)).toMatchObject({ version: 4, role: 'LIVE' });
    } finally {
      await api.close();
    }
  });
});

describe('the command project', () => {
  it('ends with a sentence where it cannot begin', async () => {
    const process = startCommandProcess(['project'], {
      DATA_DIR: join(directory, 'nowhere'),
      READ_DATABASE_URL: 'sqlite:/',
    });
    expect([await process.ended, process.written()]).toEqual([1, expect.stringContaining('cannot be used')]);
  });

  it('lets go of the lease at a signal, and ends with 0', async () => {
    const file = await newLog();
    const readDatabase = { engine: 'sqlite', path: join(file, '..', 'read.db') } as const;
    const env = { DATA_DIR: join(file, '..'), PROJECTION_LEASE: '600', LOG_LEVEL: 'info' };
    const first = startCommandProcess(['project'], env);
    const database = await openReadDatabase(readDatabase);
    try {
      const head = async () => (await versionsOf(database.reading))[0]?.position ?? 0;
      while ((await head()) === 0) await delay(10);
      const second = startCommandProcess(['project'], env);
      await second.writes(/Not projecting: another process does/);
      expect(await first.terminate()).toBe(0);
      // Otherwise it would wait for ten minutes.
      await second.writes(/Projecting from here/);
      expect(await second.terminate()).toBe(0);
    } finally {
      await database.close();
    }
  });
});

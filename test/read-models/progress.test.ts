import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { followProgress, type Progress } from '../../src/read-models/projector/progress.js';
import { startProjector, type Projector } from '../../src/read-models/projector/projector.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../../src/read-models/database/open.js';
import { region, scale } from '../http/live-history.js';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();
let number = 0;
let log: EventStore;
let database: ReadDatabaseHandle;
let elsewhere: ReadDatabaseHandle;
let projector: Projector;

beforeEach(async () => {
  number += 1;
  const file = join(directory, `read-${number}.db`);
  log = openSqliteEventStore({ file: join(directory, `events-${number}.db`) });
  database = await openReadDatabase({ engine: 'sqlite', path: file });
  elsewhere = await openReadDatabase({ engine: 'sqlite', path: file });
  projector = startProjector({ log, database: elsewhere, logger: pino({ level: 'silent' }) });
});
afterEach(async () => {
  await projector.stop();
  await database.close();
  await elsewhere.close();
  await log.close();
});

const never = new AbortController().signal;
/** Another process projects: it tells nobody here. */
const untold = { onProgress: () => () => undefined };

const append = async (...events: Parameters<EventStore['append']>[0]['events'][number][]) => {
  expect((await log.append({ events })).kind).toBe('APPENDED');
};

describe('following the read models', () => {
  const ways: readonly [string, () => Progress][] = [
    ['in the process that projects', () => followProgress({ database, projector })],
    ['from another process', () => followProgress({ database, projector: untold })],
  ];

  it.each(ways)('waits until they include more than a position: %s', async (_where, follow) => {
    const progress = follow();
    const [first, second] = [progress.waitForMore(0, never), progress.waitForMore(1, never)];
    await append(scale('dynamics'));
    expect((await first)?.projectedPosition).toBe(1);
    await append(region('zeeland'));
    expect((await second)?.projectedPosition).toBe(2);
    const snapshot = await progress.waitForMore(1, never);
    const subjects = await snapshot?.read.selectFrom('subject').select('key').execute();
    expect(subjects).toEqual([{ key: 'zeeland' }]);
    progress.stop();
  });

  it('lets go of who does not want to wait any more, and of all when it is stopped', async () => {
    const progress = followProgress({ database, projector });
    const ended = new AbortController();
    const waiting = progress.waitForMore(0, ended.signal);
    const other = progress.waitForMore(0, never);
    ended.abort();
    expect(await waiting).toBeNull();
    expect(await progress.waitForMore(0, ended.signal)).toBeNull();
    progress.stop();
    expect(await other).toBeNull();
    expect(await progress.waitForMore(0, never)).toBeNull();
  });
});

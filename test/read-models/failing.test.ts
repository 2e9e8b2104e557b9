import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventStore } from '../../src/event-store/port.js';
import { newEventId } from '../../src/event-store/event-id.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { startProjector, type Projector } from '../../src/read-models/projector/projector.js';
import { rebuild } from '../../src/read-models/rebuild/rebuild.js';
import { readModelStatuses } from '../../src/read-models/projector/status.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../../src/read-models/database/open.js';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();
let round = 0;
let file: string;
let log: EventStore;
let database: ReadDatabaseHandle;
let projector: Projector | undefined;

beforeEach(async () => {
  round += 1;
  file = `${directory}/${round}-events.db`;
  log = openSqliteEventStore({ file });
  database = await openReadDatabase({ engine: 'sqlite', path: `${directory}/${round}-read.db` });
});
afterEach(async () => {
  await projector?.stop();
  projector = undefined;
  await database.close();
  await log.close();
});

const milestone = (text: string) => ({
  id: newEventId(),
  stream: 'programme',
  type: 'MilestoneRecorded',
  schemaVersion: 2,
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  data: { on: '2020', precision: 'YEAR', text, evidence: [] },
});

/** Puts something into the log that no append would let in. */
function slipIn(data: string): void {
  const raw = new Database(file);
  const columns = (raw.pragma('table_info(event)') as { name: string }[]).map(({ name }) => name);
  const values = columns.map((name) => {
    const changed: Record<string, string> = {
      position: 'position + 1',
      revision: 'revision + 1',
      id: `'${newEventId()}'`,
    };
    return name === 'data' ? '?' : (changed[name] ?? name);
  });
  raw.prepare(`INSERT INTO event SELECT ${values.join(', ')} FROM event ORDER BY position DESC LIMIT 1`).run(data);
  raw.close();
}

const statements = async () => (await readModelStatuses(database, log)).find(({ name }) => name === 'statements');

it.each([
  ['data that its schema does not allow', '{"on":"2020"}', 'InvalidEventError'],
  ['data that is no JSON', '{not json', 'SyntaxError'],
])('an event with %s stops the projecting right before it, and says so', async (_, data, failure) => {
  await log.append({ events: [milestone('one'), milestone('two')] });
  slipIn(data);
  projector = startProjector({ log, database, logger: pino({ level: 'silent' }) });
  await projector.settled();
  const facts = await statements();
  expect(facts).toMatchObject({ state: 'FAILED', position: 2, failedPosition: 3, lag: 1 });
  expect(facts?.failure).toContain(failure);
});

it('a rebuild that meets such an event says so, and leaves alone what answers', async () => {
  await log.append({ events: [milestone('one'), milestone('two')] });
  slipIn('{"on":"2020"}');
  await expect(rebuild({ log, database, acceptDifferences: false })).rejects.toMatchObject({
    name: 'RebuildFailedError',
    message: expect.stringMatching(/stopped at event 3: InvalidEventError/),
  });
  const facts = (await readModelStatuses(database, log)).filter(({ name }) => name === 'statements');
  expect(facts).toMatchObject([
    { version: 1, answering: true, state: 'CATCHING_UP', position: 0 },
    { version: 2, answering: false, state: 'FAILED', position: 2, failedPosition: 3 },
  ]);
  // Where the live version has stopped at the same event, the two are compared there.
  projector = startProjector({ log, database, logger: pino({ level: 'silent' }) });
  await projector.settled();
  expect(await statements()).toMatchObject({ state: 'FAILED', position: 2, failedPosition: 3 });
  const result = await rebuild({ log, database, acceptDifferences: false });
  expect(result).toMatchObject({ position: 2, comparison: { total: 0 }, switched: true });
});

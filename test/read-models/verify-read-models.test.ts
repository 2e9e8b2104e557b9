import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { startProjector } from '../../src/read-models/projector/projector.js';
import { verifyReadModels } from '../../src/read-models/verify/verify-read-models.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../../src/read-models/database/open.js';
import { testDirectory } from '../support/directory.js';
import { describeOnEach } from '../support/read-databases.js';
import { copyShippedLog } from '../support/shipped/copy.js';

const directory = testDirectory();
let logs = 0;

describeOnEach('read models that are held against the log', (place) => {
  async function projected<T>(work: (log: EventStore, database: ReadDatabaseHandle) => Promise<T>): Promise<T> {
    const file = join(directory, `${(logs += 1)}.db`);
    await copyShippedLog(file);
    const log = openSqliteEventStore({ file });
    const database = await openReadDatabase(place());
    const projector = startProjector({ log, database, logger: pino({ level: 'silent' }) });
    try {
      await projector.settled();
      return await work(log, database);
    } finally {
      await projector.stop();
      await database.close();
      await log.close();
    }
  }

  it('are sound to the last row when nobody has touched them', () =>
    projected(async (log, database) => {
      const report = await verifyReadModels({ log, database });
      expect(report).toEqual({ version: 1, position: (await log.head()).position, faults: [], faultCount: 0 });
    }));

  it('are told of row by row where somebody has', () =>
    projected(async (log, database) => {
      const db = database.writing;
      await sql`update m1_status_change set recorded_by = 'nobody' where ordinal = 0 and known_from < 400`.execute(db);
      await sql`delete from m1_statement where position = 1000`.execute(db);
      await sql`insert into m1_subject (id, kind, key) values (999999, 'REGION', 'atlantis')`.execute(db);
      const { faults, faultCount } = await verifyReadModels({ log, database });
      expect(faults).toContainEqual({ table: 'subject', key: { id: 999_999 }, fault: 'EXTRA' });
      expect(faults).toContainEqual({ table: 'statement', key: { position: 1000 }, fault: 'MISSING' });
      const changed = faults?.filter(({ table }) => table === 'status_change') ?? [];
      expect(changed.length).toBeGreaterThan(0);
      for (const { fault } of changed) expect(fault).toEqual({ differsIn: ['recorded_by'] });
      expect(faultCount).toBeGreaterThan(changed.length);
    }));

  it('are not judged where another release has built them', () =>
    projected(async (log, database) => {
      await database.writing.updateTable('read_model_version').set({ layout: 'another' }).execute();
      expect(await verifyReadModels({ log, database })).toMatchObject({ faults: null });
    }));
});

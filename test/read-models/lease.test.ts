import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { commitBatch } from '../../src/read-models/projector/commit-batch.js';
import { newFolds } from '../../src/read-models/projector/project-events.js';
import {
  renewLease,
  leaseStatus,
  releaseLease,
  takeOverLease,
  acquireLease,
} from '../../src/read-models/projector/lease.js';
import { followProgress } from '../../src/read-models/projector/progress.js';
import { startProjector, type Projector } from '../../src/read-models/projector/projector.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../../src/read-models/database/open.js';
import { liveVersion } from '../../src/read-models/database/versions.js';
import { region, scale } from '../http/live-history.js';
import { testDirectory } from '../support/directory.js';
import { describeOnEach } from '../support/read-databases.js';

const directory = testDirectory();
let round = 0;
describeOnEach('projecting under a lease', (place) => {
  let log: EventStore;
  let here: ReadDatabaseHandle;
  let there: ReadDatabaseHandle;
  const projectors: Projector[] = [];

  beforeEach(async () => {
    round += 1;
    const url = place();
    log = openSqliteEventStore({ file: `${directory}/${round}-events.db` });
    here = await openReadDatabase(url);
    there = await openReadDatabase(url);
  });
  afterEach(async () => {
    for (const projector of projectors.splice(0)) await projector.stop();
    await here.close();
    await there.close();
    await log.close();
  });

  /** Long enough not to end by itself while a test runs. */
  const LONG = 600;

  /** Ends at once: the database's clock is past it when the next statement comes. */
  async function lapse({ writing }: ReadDatabaseHandle): Promise<void> {
    await writing.updateTable('projection_lease').set({ expires_at: 1 }).execute();
  }

  function project(database: ReadDatabaseHandle, leaseSeconds = LONG): Projector {
    const projector = startProjector({ log, database, logger: pino({ level: 'silent' }), leaseSeconds });
    projectors.push(projector);
    return projector;
  }

  const append = async (...events: Parameters<EventStore['append']>[0]['events'][number][]) => {
    expect((await log.append({ events })).kind).toBe('APPENDED');
  };

  const reached = async (position: number): Promise<boolean> => {
    const progress = followProgress({ database: here });
    const came = await progress.waitForPosition(position, 30_000);
    progress.stop();
    return came;
  };

  describe('a lease', () => {
    it('is held by one at a time, until it is given back', async () => {
      const first = await acquireLease(here.writing, 'LIVE', LONG);
      expect(first).not.toBeNull();
      expect(await acquireLease(there.writing, 'LIVE', LONG)).toBeNull();
      expect((await leaseStatus(there.writing, 'LIVE')).holder).toContain(String(process.pid));
      if (first) await releaseLease(here.writing, first);
      expect((await leaseStatus(there.writing, 'LIVE')).holder).toBeNull();
      expect((await acquireLease(there.writing, 'LIVE', LONG))?.token).toBe((first?.token ?? 0) + 1);
    });

    it('is one of several, which know nothing of each other', async () => {
      expect(await acquireLease(here.writing, 'LIVE', LONG)).not.toBeNull();
      expect(await acquireLease(there.writing, 'BUILDING', LONG)).not.toBeNull();
    });

    it('can be taken once it was not renewed in time, and is then lost for good', async () => {
      const first = await takeOverLease(here.writing, 'LIVE', LONG);
      await lapse(here);
      // Nobody has taken it: it can still be renewed.
      await renewLease(here.writing, first);
      expect(await acquireLease(there.writing, 'LIVE', LONG)).toBeNull();
      await lapse(here);
      const second = await acquireLease(there.writing, 'LIVE', LONG);
      expect(second?.token).toBe(first.token + 1);
      await expect(renewLease(here.writing, first)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      // Who has lost it cannot give it away either.
      await releaseLease(here.writing, first);
      expect((await leaseStatus(here.writing, 'LIVE')).holder).not.toBeNull();
    });

    it('of a holder that is lost ends also where the clock of the database was set back', async () => {
      const first = await takeOverLease(here.writing, 'LIVE', LONG);
      // As on another machine, where nobody can look whether it runs; and renewed while the clock was a day ahead.
      const leases = here.writing.updateTable('projection_lease');
      await leases
        .set((row) => ({ holder_process: null, expires_at: sql`${row.ref('expires_at')} + 86400000` }))
        .execute();
      expect((await leaseStatus(there.reading, 'LIVE')).holder).toBeNull();
      // One who is not lost only has to show itself by the new clock.
      await renewLease(here.writing, first);
      expect(await acquireLease(there.writing, 'LIVE', LONG)).toBeNull();
      await leases.set((row) => ({ expires_at: sql`${row.ref('expires_at')} + 86400000` })).execute();
      expect((await acquireLease(there.writing, 'LIVE', LONG))?.token).toBe(first.token + 1);
      await expect(renewLease(here.writing, first)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    });

    it('that was taken over keeps the former holder from writing anything', async () => {
      await append(scale('dynamics'), region('zeeland'));
      const lease = await takeOverLease(here.writing, 'LIVE', LONG);
      const before = await liveVersion(here.writing);
      if (!before) throw new Error('There is no live version.');
      const events = await log.readAll(0, 10);
      await takeOverLease(there.writing, 'LIVE', LONG);
      await expect(
        commitBatch(here.writing, { leases: [lease], before, folds: newFolds(), events }),
      ).rejects.toMatchObject({
        code: 'LEASE_LOST',
      });
      expect(await liveVersion(there.writing)).toEqual(before);
      expect(
        await there.writing
          .selectFrom('m1_subject' as never)
          .selectAll()
          .execute(),
      ).toEqual([]);
    });
  });

  describe('two projectors', () => {
    it('take turns: the second goes on at once when the first has stopped', async () => {
      const first = project(here);
      await append(scale('dynamics'));
      expect(await reached(1)).toBe(true);
      project(there);
      await first.stop();
      // The lease that the first one had would have lasted for minutes.
      await append(region('zeeland'));
      expect(await reached(2)).toBe(true);
    });

    it('take over from each other, and the one that has lost the lease goes on after it gets it again', async () => {
      const first = project(here);
      await append(scale('dynamics'));
      expect(await reached(1)).toBe(true);
      const elsewhere = await takeOverLease(there.writing, 'LIVE', LONG);
      await append(region('zeeland'));
      await first.settled();
      expect((await liveVersion(there.reading))?.position).toBe(1);
      await releaseLease(there.writing, elsewhere);
      expect(await reached(2)).toBe(true);
    });

    it('leave the read models of another release alone', async () => {
      const messages: string[] = [];
      await here.writing.updateTable('read_model_version').set({ layout: 'another' }).execute();
      await append(scale('dynamics'));
      const write = (line: string): void => void messages.push(line);
      const projector = startProjector({ log, database: here, logger: pino({}, { write }) });
      await projector.settled();
      await projector.stop();
      expect((await liveVersion(here.reading))?.position).toBe(0);
      expect((await leaseStatus(here.reading, 'LIVE')).holder).toBeNull();
      expect(messages.join('')).toContain('another release of the program has taken over');
    });
  });

  describe('waiting for a position', () => {
    it('ends at once where the read models have stopped before it', async () => {
      await here.writing.updateTable('read_model_version').set({ failed_position: 1, failure: 'bad' }).execute();
      // Longer than the test may take.
      const progress = followProgress({ database: here });
      expect(await progress.waitForPosition(1, 600_000)).toBe(false);
      expect(await progress.waitForPosition(0, 600_000)).toBe(true);
    });

    it('ends at once where another release has taken over', async () => {
      const { writing } = here;
      await writing.updateTable('read_model_version').set({ role: 'PREVIOUS' }).execute();
      const progress = followProgress({ database: here });
      expect(await progress.waitForPosition(1, 600_000)).toBe(false);
      expect(await progress.waitForPosition(0, 600_000)).toBe(true);
    });
  });

  it('a lease whose holder has ended on this machine is free at once', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await takeOverLease(here.writing, 'LIVE', LONG);
    expect((await leaseStatus(there.writing, 'LIVE')).holder).not.toBeNull();
    const held = await here.writing.selectFrom('projection_lease').selectAll().executeTakeFirstOrThrow();
    const ended = held.holder_process?.replace(/\d+$/, String(child.pid)) ?? null;
    await here.writing.updateTable('projection_lease').set({ holder_process: ended }).execute();
    // Where the system does not tell of processes, the lease has to end by itself.
    expect((await acquireLease(there.writing, 'LIVE', LONG)) === null).toBe(ended === null);
  });
});

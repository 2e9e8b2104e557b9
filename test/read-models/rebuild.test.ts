import { statSync } from 'node:fs';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { leaseStatus, takeOverLease } from '../../src/read-models/projector/lease.js';
import { followProgress } from '../../src/read-models/projector/progress.js';
import { startProjector, type Projector } from '../../src/read-models/projector/projector.js';
import { abortRebuild } from '../../src/read-models/rebuild/abort.js';
import { ensureAnsweringVersion } from '../../src/read-models/rebuild/ensure-answering-version.js';
import { compareVersions } from '../../src/read-models/rebuild/compare-versions.js';
import { prune } from '../../src/read-models/rebuild/prune.js';
import { rebuild, type Rebuild } from '../../src/read-models/rebuild/rebuild.js';
import { inSnapshot } from '../../src/read-models/database/snapshot.js';
import { rollback } from '../../src/read-models/rebuild/rollback.js';
import { readModelStatuses } from '../../src/read-models/projector/status.js';
import {
  openReadDatabase,
  type ReadDatabaseHandle,
  type ReadDatabaseUrl,
} from '../../src/read-models/database/open.js';
import { answeringVersion, liveVersion, versionsOf } from '../../src/read-models/database/versions.js';
import { testDirectory } from '../support/directory.js';
import { describeOnEach } from '../support/read-databases.js';
import { copyShippedLog } from '../support/shipped/copy.js';
import { region } from '../http/live-history.js';

const directory = testDirectory();
const silent = pino({ level: 'silent' });
let round = 0;

const same = { differences: [], total: 0 };

describeOnEach('rebuilding the read models', (place) => {
  let log: EventStore;
  let here: ReadDatabaseHandle;
  /** As another process has it. */
  let there: ReadDatabaseHandle;
  let projector: Projector | null = null;
  let head: number;
  let url: ReadDatabaseUrl;

  beforeEach(async () => {
    round += 1;
    url = place();
    const file = `${directory}/${round}-events.db`;
    await copyShippedLog(file);
    log = openSqliteEventStore({ file });
    head = (await log.head()).position;
    here = await openReadDatabase(url);
    there = await openReadDatabase(url);
  });
  afterEach(async () => {
    await projector?.stop();
    projector = null;
    await here.close();
    await there.close();
    await log.close();
  });

  const roles = async () => (await versionsOf(here.reading)).map(({ version, role }) => [version, role]);

  const rebuildHere = (options: Partial<Rebuild> = {}) =>
    rebuild({ log, database: here, acceptDifferences: false, ...options });

  const projectThere = () => (projector = startProjector({ log, database: there, logger: silent }));

  const append = async (key: string): Promise<number> => {
    const appended = await log.append({ events: [region(key)] });
    if (appended.kind !== 'APPENDED') throw new Error(appended.kind);
    return appended.events[0]?.position ?? 0;
  };

  const reached = async (position: number): Promise<void> => {
    const progress = followProgress({ database: there });
    expect(await progress.waitForPosition(position, 30_000)).toBe(true);
    progress.stop();
  };

  /** Ends the rebuild as soon as it has replayed something. */
  const interrupted = async (): Promise<number> => {
    let position = 0;
    const onProgress = (progress: { position: number }): void => {
      ({ position } = progress);
      // As the errors of systems it has a code: it is no fault of an event.
      throw Object.assign(new Error('The power is cut.'), { code: 'CUT' });
    };
    await expect(rebuildHere({ onProgress })).rejects.toThrow('The power is cut.');
    return position;
  };

  it('comes to the end of the log, also where nobody projects, and keeps the version before', async () => {
    const result = await rebuildHere();
    expect(result).toMatchObject({ version: 2, previous: 1, position: head, resumedAt: 0, comparison: same });
    expect(await roles()).toEqual([
      [1, 'PREVIOUS'],
      [2, 'LIVE'],
    ]);
    // Of the versions that answered, none is dropped by the next one.
    expect(await rebuildHere()).toMatchObject({ version: 3, switched: true });
    expect((await roles()).map(([, role]) => role)).toEqual(['PREVIOUS', 'PREVIOUS', 'LIVE']);
  });

  it('goes on where an interrupted one has stopped', async () => {
    const position = await interrupted();
    expect(position).toBeGreaterThan(0);
    expect(position).toBeLessThan(head);
    expect(await rebuildHere()).toMatchObject({ version: 2, resumedAt: position, comparison: same, switched: true });
  });

  it('begins anew where another release of the program was interrupted', async () => {
    await interrupted();
    const building = here.writing.updateTable('read_model_version').where('role', '=', 'BUILDING');
    await building.set({ layout: 'another' }).execute();
    expect(await rebuildHere()).toMatchObject({ version: 3, resumedAt: 0, comparison: same, switched: true });
  });

  it('is ended by another process while it replays, and leaves nothing behind', async () => {
    const aborting: Promise<number[]>[] = [];
    const rebuilding = rebuildHere({ onProgress: () => void (aborting[0] ??= abortRebuild(there)) });
    await expect(rebuilding).rejects.toMatchObject({ message: expect.stringContaining('aborted') });
    expect(await Promise.all(aborting)).toEqual([[2]]);
    expect(await roles()).toEqual([[1, 'LIVE']]);
    expect((await leaseStatus(here.reading, 'BUILDING')).holder).toBeNull();
    expect(await abortRebuild(there)).toEqual([]);
  });

  it('is ended by another process while it compares', async () => {
    const aborting: Promise<number[]>[] = [];
    const onPhase = (phase: string): void => {
      if (phase.startsWith('Comparing')) aborting.push(abortRebuild(there));
    };
    await expect(rebuildHere({ onPhase })).rejects.toMatchObject({ message: expect.stringContaining('aborted') });
    expect(await Promise.all(aborting)).toEqual([[2]]);
    expect(await roles()).toEqual([[1, 'LIVE']]);
  });

  it('is ended also where it takes longer to let go of its tables than anybody waits for a lock', async () => {
    await interrupted();
    if (there.dialect.name === 'postgres') await sql`set lock_timeout = 50`.execute(there.writing);
    const release = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    const comparing = inSnapshot(here, async (snapshot) => {
      await sql`select * from m2_subject`.execute(snapshot);
      reading.resolve();
      await release.promise;
    });
    await reading.promise;
    let over = false;
    const aborting = abortRebuild(there).finally(() => (over = true));
    // It shows that it is there with each try. Nobody who reads a file is in its way.
    const tries = new Set<number>();
    while (tries.size < 4 && !over) tries.add((await leaseStatus(there.reading, 'BUILDING')).expiresAt);
    release.resolve();
    await comparing;
    expect(await aborting).toEqual([2]);
    expect(await roles()).toEqual([[1, 'LIVE']]);
  });

  it('is not begun while another one is under way', async () => {
    const second: Promise<unknown>[] = [];
    const onProgress = (): void => {
      second[0] ??= rebuild({ log, database: there, acceptDifferences: false }).catch((error: unknown) => error);
    };
    expect(await rebuildHere({ onProgress })).toMatchObject({ switched: true });
    expect(await Promise.all(second)).toMatchObject([
      { name: 'ExpectedError', message: expect.stringContaining('rebuilt already') },
    ]);
  });

  it('reports each row that differs, and leaves what answers as it is', async () => {
    projectThere();
    await reached(head);
    await sql`update m1_subject set summary = 'tampered' where kind = 'REGION'`.execute(here.writing);
    const { comparison, switched } = await rebuildHere();
    expect(switched).toBe(false);
    const named = comparison?.differences ?? [];
    expect(comparison?.total).toBeGreaterThan(20);
    expect(named.map(({ table }) => table)).toEqual(named.map(() => 'subject'));
    expect(new Set(named.map(({ only }) => only))).toEqual(new Set(['OLD', 'NEW']));
    expect(await roles()).toEqual([[1, 'LIVE']]);
    expect(await rebuildHere({ acceptDifferences: true })).toMatchObject({ switched: true });
  });

  it('compares also what is written during the comparison', async () => {
    projectThere();
    await reached(head);
    const onPhase = async (phase: string): Promise<void> => {
      if (!phase.startsWith('Comparing')) return;
      const position = await append('nergenshuizen');
      await reached(position);
      await sql`update m1_subject set summary = 'tampered' where id = ${position}`.execute(there.writing);
    };
    const result = await rebuildHere({ onPhase });
    expect(result).toMatchObject({ switched: false, comparison: { total: 2 } });
    expect(result.comparison?.differences.map(({ row }) => row['key'])).toEqual(['nergenshuizen', 'nergenshuizen']);
    expect(await roles()).toEqual([[1, 'LIVE']]);
  });

  it('compares in parts, between which it can show that it is there, what it would compare as a whole', async () => {
    await rebuildHere();
    await sql`update m2_subject set summary = 'tampered' where id % 7 = 0`.execute(here.writing);
    await sql`delete from m1_statement where position in (select max(position) from m1_statement)`.execute(
      here.writing,
    );
    const compared = async (span: number) => {
      let parts = 0;
      const onPart = async (): Promise<void> => void (parts += 1);
      const { total, differences } = await compareVersions(here.writing, 1, 2, { span, onPart });
      return { parts, total, named: differences.map(({ table, only }) => `${table} ${only}`).toSorted() };
    };
    const whole = await compared(head);
    expect(whole.total).toBeGreaterThan(20);
    expect(whole.named).toContain('statement NEW');
    for (const span of [1000, 500, 23]) {
      const { parts, ...found } = await compared(span);
      expect(parts).toBeGreaterThan(whole.parts);
      expect(found).toEqual({ total: whole.total, named: whole.named });
    }
  });

  it('says how fast it is and how long it will take, as long as somebody builds', async () => {
    const seen: ReturnType<typeof readModelStatuses>[] = [];
    await rebuildHere({ onProgress: () => void (seen[0] ??= readModelStatuses(there, log)) });
    const building = (await Promise.all(seen)).flat().filter(({ state }) => state === 'REBUILDING');
    expect(building.length).toBeGreaterThan(0);
    for (const { version, rate, secondsLeft, answering } of building) {
      expect([version, answering]).toEqual([2, false]);
      expect(rate).toBeGreaterThan(0);
      expect(secondsLeft).toBeGreaterThanOrEqual(0);
    }
    await interrupted();
    const abandoned = (await readModelStatuses(there, log)).filter(({ state }) => state === 'REBUILDING');
    expect(abandoned.map(({ rate, secondsLeft }) => [rate, secondsLeft])).toEqual(abandoned.map(() => [null, null]));
    expect(abandoned.length).toBeGreaterThan(0);
  });

  it('goes back to the version before, brought up to date, and forward again', async () => {
    projectThere();
    await rebuildHere();
    const position = await append('nergenshuizen');
    await reached(position);
    expect(await rollback({ log, database: here })).toEqual({ from: 2, to: 1, position });
    expect(await roles()).toEqual([
      [1, 'LIVE'],
      [2, 'PREVIOUS'],
    ]);
    const next = await append('elders');
    await reached(next);
    expect(await rollback({ log, database: here })).toEqual({ from: 1, to: 2, position: next });
    expect(await compareVersions(here.writing, 1, 2)).toEqual(same);
  });

  it('has no way back where another release built what answered before', async () => {
    await expect(rollback({ log, database: here })).rejects.toMatchObject({ name: 'ExpectedError' });
    await rebuildHere();
    const before = here.writing.updateTable('read_model_version').where('role', '=', 'PREVIOUS');
    await before.set({ layout: 'another' }).execute();
    await expect(rollback({ log, database: here })).rejects.toMatchObject({ name: 'ExpectedError' });
    expect((await liveVersion(here.reading))?.version).toBe(2);
  });

  it('and pruning leave no write-ahead log behind in a file', async () => {
    const left = (): number => (url.engine === 'sqlite' ? statSync(`${url.path}-wal`).size : 0);
    await rebuildHere();
    expect(left()).toBe(0);
    await prune(here, 0);
    expect(left()).toBe(0);
  });

  describe('pruning', () => {
    it('drops what answered before, but not what requests may still be reading', async () => {
      await rebuildHere();
      expect(await prune(here, 600)).toMatchObject({ dropped: [], kept: [{ version: 1 }] });
      expect(await prune(here, 0)).toEqual({ dropped: [1], kept: [] });
      expect(await roles()).toEqual([[2, 'LIVE']]);
      expect((await here.dialect.tablesWith('m1_').execute(here.reading)).rows).toEqual([]);
    });

    it('drops what an interrupted rebuild left, and waits for nobody', async () => {
      await interrupted();
      expect(await prune(here, 600)).toEqual({ dropped: [2], kept: [] });
      expect(await roles()).toEqual([[1, 'LIVE']]);
    });

    it('leaves a rebuild alone that is under way', async () => {
      const pruning: Promise<unknown>[] = [];
      const onProgress = (): void => void (pruning[0] ??= prune(there, 0).catch((error: unknown) => error));
      expect(await rebuildHere({ onProgress })).toMatchObject({ switched: true });
      expect(await Promise.all(pruning)).toMatchObject([{ message: expect.stringContaining('rebuilt already') }]);
    });
  });

  describe('with another log than the one that the read models are made from', () => {
    let other: EventStore;

    beforeEach(async () => {
      projectThere();
      await reached(head);
      other = openSqliteEventStore({ file: `${directory}/${round}-other.db` });
      // Longer than the first, so that there would be something to project.
      await other.append({ events: Array.from({ length: head + 5 }, (_, index) => region(`other-${index}`)) });
    });
    afterEach(() => other.close());

    const startHere = (lost: boolean) =>
      ensureAnsweringVersion({ log: other, database: here, logger: silent, projecting: true, lost });

    it.each([true, false])('a start takes nothing away from those who keep them up to date (%j)', async (lost) => {
      const refusal = { name: 'ExpectedError', message: expect.stringContaining('EVENT_STORE_URL') };
      await expect(startHere(lost)).rejects.toMatchObject(refusal);
      expect(await roles()).toEqual([[1, 'LIVE']]);
      // Nor is anybody kept from rebuilding by it.
      expect((await leaseStatus(here.reading, 'BUILDING')).holder).toBeNull();
      await projector?.stop();
      await startHere(lost);
      expect((await liveVersion(here.reading))?.position).toBe(head + 5);
    });

    it('nothing is projected from it', async () => {
      await projector?.stop();
      const told: string[] = [];
      const logger = pino({}, { write: (line: string) => void told.push(line) });
      const mistaken = startProjector({ log: other, database: here, logger });
      await mistaken.settled();
      expect(told.join()).toContain('another log');
      // Whoever has the right one goes on as if nothing had happened.
      projectThere();
      await reached(await append('nergenshuizen'));
      await mistaken.stop();
      await projector?.stop();
      expect(await rebuildHere()).toMatchObject({ comparison: same });
    });

    it('they are built anew only where differences are accepted', async () => {
      const rebuilding = (acceptDifferences: boolean) => rebuild({ log: other, database: here, acceptDifferences });
      await expect(rebuilding(false)).rejects.toMatchObject({
        name: 'RebuildFailedError',
        message: expect.stringContaining('another log'),
      });
      expect(await roles()).toEqual([[1, 'LIVE']]);
      await projector?.stop();
      expect(await rebuilding(true)).toMatchObject({ switched: true, position: head + 5 });
    });
  });

  describe('when another release starts', () => {
    const start = (database: ReadDatabaseHandle, projecting = true) =>
      ensureAnsweringVersion({ log, database, logger: silent, projecting, lost: false });

    beforeEach(async () => {
      await here.writing.updateTable('read_model_version').set({ layout: 'older', position: head }).execute();
    });

    it('one process builds what it answers from, beside what the older one answers from, and others wait', async () => {
      await Promise.all([start(here), start(there), start(there, false)]);
      expect(await versionsOf(here.reading)).toMatchObject([
        { version: 1, role: 'PREVIOUS', layout: 'older' },
        { version: 2, role: 'LIVE', position: head },
      ]);
    });

    it('the older one goes on with what it has, says that it was replaced, and takes nothing back by itself', async () => {
      await start(here);
      // Seen from the older release, which is this one now.
      const { layout } = (await liveVersion(here.reading)) ?? { layout: '' };
      const versions = here.writing.updateTable('read_model_version');
      await versions.set({ layout: 'newer' }).where('version', '=', 2).execute();
      await versions.set({ layout }).where('version', '=', 1).execute();
      await start(there);
      expect(await answeringVersion(there.reading)).toMatchObject({ version: 1, role: 'PREVIOUS' });
      const facts = await readModelStatuses(there, log);
      expect(new Set(facts.map(({ version, state }) => `${version} ${state}`))).toEqual(new Set(['1 REPLACED']));
      // Unless it is told to.
      expect(await rollback({ log, database: there })).toMatchObject({ from: 2, to: 1 });
    });

    it('goes on with what one of its processes has left unfinished', async () => {
      const position = await interrupted();
      await takeOverLease(here.writing, 'BUILDING', 600);
      await here.writing.updateTable('projection_lease').set({ expires_at: 1 }).execute();
      await start(there);
      expect(position).toBeGreaterThan(0);
      expect(await roles()).toEqual([
        [1, 'PREVIOUS'],
        [2, 'LIVE'],
      ]);
    });
  });
});

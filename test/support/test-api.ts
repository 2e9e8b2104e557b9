import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { StoredEvent } from '../../events/envelope.js';
import type { Identity } from '../../src/authority/identity.js';
import type { Vault } from '../../src/authority/vault/port.js';
import { openSqliteVault } from '../../src/authority/vault/sqlite/index.js';
import type { Context } from '../../schema/context.js';
import { checkpointKeyFilesOf } from '../../src/proofs/checkpoints/checkpoint-keys.js';
import { openCheckpointFiles } from '../../src/proofs/checkpoints/checkpoint-files.js';
import { newCheckpointSigner } from '../../src/proofs/checkpoints/checkpoint-signer.js';
import { newContext } from '../../src/server/request-context.js';
import type { Append, EventStore, HistoricEvent, LoadResult } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { followProgress } from '../../src/read-models/projector/progress.js';
import { startProjector } from '../../src/read-models/projector/projector.js';
import { rebuild, type RebuildResult } from '../../src/read-models/rebuild/rebuild.js';
import {
  openReadDatabase,
  type ReadDatabaseHandle,
  type ReadDatabaseUrl,
} from '../../src/read-models/database/open.js';
import { dataOf, type Answer, type Variables } from './answer.js';
import { executeAs } from './execute.js';
import { copyShippedLog, copyShippedReadModels } from './shipped/copy.js';
import { newTestClock, type TestClock } from './test-clock.js';

/** The whole product but for HTTP: a log, its read models, the projector between them, and the schema in front. */
export interface TestApi {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  readonly vault: Vault;
  readonly clock: TestClock;
  /** Executes a request in a context of its own. */
  query<T = unknown>(document: string, variables?: Variables): Promise<Answer<T>>;
  /** The data of a request that must not fail. */
  ask<T = unknown>(document: string, variables?: Variables): Promise<T>;
  /** The same for somebody who says who they are. */
  as(identity: Identity): Pick<TestApi, 'query' | 'ask'>;
  /** What one request of somebody who does not say who they are would see. */
  context(): Promise<Context>;
  /** Appends at the clock's time, and waits until the read models include it. @throws when the log refuses. */
  append(events: Append['events']): Promise<readonly StoredEvent[]>;
  /** Loads a history, and waits until the read models include it. */
  load(history: Iterable<HistoricEvent> | AsyncIterable<HistoricEvent>): Promise<LoadResult>;
  /** Waits until the read models include the whole log. */
  settled(): Promise<void>;
  /** The SQL statements that the read models were asked while the work was done. */
  counted<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly statements: readonly string[] }>;
  /** Builds the read models anew and switches, but not if they come out different. */
  rebuild(): Promise<RebuildResult>;
  close(): Promise<void>;
}

export interface TestApiOptions {
  readonly clock?: TestClock;
  readonly timeZone?: string;
  /** What a log and read models in files of their own begin with. Read models elsewhere are projected. Default: NONE. */
  readonly history?: 'SHIPPED' | 'NONE';
  /** In a file of its own unless another one is opened, with the clock of the API; it is closed with it. */
  readonly openLog?: (clock: () => Date) => Promise<EventStore>;
  /** In a file of its own unless it is said where. */
  readonly readDatabase?: ReadDatabaseUrl;
}

/** How long the read models may take to include the log, in milliseconds. */
const PATIENCE = 20_000;

export async function openTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { clock = newTestClock(), timeZone = 'Europe/Amsterdam' } = options;
  const directory = mkdtempSync(join(tmpdir(), 'peildatum-'));
  if (options.history === 'SHIPPED') {
    await copyShippedLog(join(directory, 'events.db'));
    if (!options.readDatabase) await copyShippedReadModels(join(directory, 'read.db'));
  }
  const asked: string[] = [];
  const openFile = async (now: () => Date) => openSqliteEventStore({ file: join(directory, 'events.db'), clock: now });
  const log = await (options.openLog ?? openFile)(clock.now);
  const { readDatabase = { engine: 'sqlite', path: join(directory, 'read.db') } } = options;
  const database = await openReadDatabase(readDatabase, { onQuery: (sql) => asked.push(sql) });
  const projector = startProjector({ log, database, logger: pino({ level: 'silent' }) });
  const progress = followProgress({ database, projector });
  const vault = openSqliteVault(join(directory, 'vault.db'));
  const keys = checkpointKeyFilesOf({
    dataDir: directory,
    logOrigin: 'test.example/log',
    checkpointKey: join(directory, 'keys', 'checkpoint.key'),
  });
  const signer = newCheckpointSigner({ log, keyFiles: keys, checkpointFiles: openCheckpointFiles(directory) });
  const sources = { log, signer, database, progress, vault, reading: 'public' as const, timeZone, clock: clock.now };

  const settled = async (): Promise<void> => {
    const { position } = await log.head();
    if (!(await progress.waitForPosition(position, PATIENCE)))
      throw new Error(`The read models never reached ${position}.`);
  };
  const askingAs = (identity: Identity | null): Pick<TestApi, 'query' | 'ask'> => {
    const query = async <T>(document: string, variables: Variables = {}): Promise<Answer<T>> =>
      executeAs<T>(document, variables, await newContext(sources, identity));
    const ask = async <T>(document: string, variables: Variables = {}): Promise<T> =>
      dataOf(await query<T>(document, variables), `${document}\n${JSON.stringify(variables)}`);
    return { query, ask };
  };

  return {
    log,
    database,
    vault,
    clock,
    ...askingAs(null),
    as: askingAs,
    context: () => newContext(sources, null),
    settled,
    async append(events) {
      const result = await log.append({ events });
      if (result.kind !== 'APPENDED') throw new Error(`The log answers an append with ${JSON.stringify(result)}.`);
      await settled();
      return result.events;
    },
    async load(history) {
      const result = await log.load(history);
      await settled();
      return result;
    },
    async counted(work) {
      asked.length = 0;
      const result = await work();
      return { result, statements: [...asked] };
    },
    rebuild: () => rebuild({ log, database, acceptDifferences: false }),
    async close() {
      progress.stop();
      await projector.stop();
      await database.close();
      await log.close();
      await vault.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

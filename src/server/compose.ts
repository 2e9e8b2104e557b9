import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildPeildatumSchema } from '../../schema/build-schema.js';
import type { Context } from '../../schema/context.js';
import { MAX_IMPORT_ROWS } from '../../schema/recording/import-input.js';
import type { OpenInterior } from './application.js';
import { openAuthority, type Authority } from '../authority/authority.js';
import { repeatErasures } from '../authority/past-erasures.js';
import { AuthorityProblem } from '../authority/problem.js';
import { refuseHalfRestored } from '../backup/staged.js';
import { attend } from '../proofs/checkpoints/checkpoint-scheduler.js';
import { keyPlacesOf, readKeys } from '../proofs/checkpoints/checkpoint-keys.js';
import { openOutside } from '../proofs/checkpoints/checkpoint-files.js';
import { newSigner, type Signer } from '../proofs/checkpoints/checkpoint-signer.js';
import type { Config } from '../config/config.js';
import { newContext } from './request-context.js';
import { addExports } from '../exports/index.js';
import { openEventStore } from '../event-store/open.js';
import type { EventStore } from '../event-store/port.js';
import { productFiles } from '../files/product-files.js';
import { graphiqlExamples } from './graphiql-examples.js';
import type { Asking } from '../http/asking.js';
import type { RouteSources } from '../http/server.js';
import type { Admission } from '../http/websocket/admission.js';
import { loadFile } from '../log-format/load.js';
import { answerable, areOfAnotherLog } from '../read-models/rebuild/at-start.js';
import { leaseStatus } from '../read-models/projector/lease.js';
import { followProgress } from '../read-models/projector/progress.js';
import { startProjector } from '../read-models/projector/projector.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../read-models/database/open.js';
import { readinessOf } from './readiness.js';

/** How long the start waits for the read models to catch up with the log, in milliseconds. */
const FIRST_CATCH_UP = 5_000;

/** Root fields that answer for a moment and say so: their answers at a pinned moment may be cached for ever. */
const momentFields: ReadonlySet<string> = new Set([
  'region',
  'regions',
  'project',
  'projects',
  'organisation',
  'organisations',
  'crossTab',
  'comparison',
  'statusChanges',
  'milestones',
  'publications',
]);

const exampleQuery =
  '{ crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: {moments: [{period: "2019-03"}, {period: "2020-10"}]}) { rows { label } columns { label } cells { count } } }';

/** Opens the log and the read models, fills an empty log with the shipped history, and keeps the two in step. */
export const openInterior: OpenInterior<Context> = async (config, logger) => {
  const { eventStoreUrl } = config;
  if (eventStoreUrl.engine === 'sqlite') refuseHalfRestored(eventStoreUrl.path);
  const log = await openEventStore(eventStoreUrl);
  let database: ReadDatabaseHandle | undefined;
  let authority: Authority | undefined;
  let signer: Signer;
  try {
    database = await openReadDatabase(config.readDatabaseUrl);
    const lost = await areOfAnotherLog(log, database);
    await fillEmptyLog(log, logger);
    await answerable({ log, database, logger, lost, projecting: config.projecting === 'on' });
    authority = await openAuthority(config, logger);
    await forgetTheErased(log, authority, logger);
    signer = openSigner(log, config);
  } catch (error) {
    await authority?.close();
    await database?.close();
    await log.close();
    throw error;
  }
  return serve(log, database, authority, signer, config, logger);
};

/** @throws {ExpectedError} when there is no key that could sign */
function openSigner(log: EventStore, config: Config): Signer {
  const keys = keyPlacesOf(config);
  readKeys(keys);
  return newSigner({ log, keys, outside: openOutside(config.dataDir) });
}

async function fillEmptyLog(log: EventStore, logger: Logger): Promise<void> {
  if ((await log.head()).position > 0) return;
  const { loaded } = await loadFile({ file: productFiles.shippedHistory, log });
  // Of several servers that find it empty at the same time, one fills it; the others find its events there.
  if (loaded === 0) return;
  logger.info({ events: loaded }, 'Loaded the shipped history into the empty log');
}

/** The log, not the vault, is what says who was erased. */
async function forgetTheErased(log: EventStore, { vault }: Authority, logger: Logger): Promise<void> {
  const known = await repeatErasures(log, vault);
  if (known > 0) logger.warn({ actors: known }, 'Erased again whom an older vault still knew');
}

async function serve(
  log: EventStore,
  database: ReadDatabaseHandle,
  authority: Authority,
  signer: Signer,
  config: Config,
  logger: Logger,
) {
  const { timeZone, reading, projecting, projectionLease: leaseSeconds } = config;
  const projector = projecting === 'on' ? startProjector({ log, database, logger, leaseSeconds }) : undefined;
  const progress = followProgress({ database, ...(projector && { projector }) });
  // A short lag is over before anybody asks; a long one is for /health/ready and `projections` to tell.
  const caughtUp = await progress.reached((await log.head()).position, FIRST_CATCH_UP);
  if (!caughtUp && !projector && (await leaseStatus(database.reading, 'LIVE')).holder === null) {
    logger.warn('The read models lack events and nobody projects: start `peildatum project`, or set PROJECTING=on');
  }
  const attendance = attend({ log, signer, everyMinutes: config.checkpointEvery, logger });
  await attendance.look();
  const { vault } = authority;
  const sources = { log, signer, database, progress, vault, reading, timeZone, clock: () => new Date() };
  return {
    schema: buildPeildatumSchema(),
    contextFor: async ({ raw }: Asking) =>
      newContext(sources, await authority.admit(raw.headersDistinct.authorization ?? [])),
    admit: async ({ raw }: Asking) => admissionBy(authority, raw.headersDistinct.authorization ?? []),
    momentFields,
    listSizes: {
      nodes: ({ ids }: Record<string, unknown>) => (Array.isArray(ids) ? ids.length : 1),
      'Imported.rows': MAX_IMPORT_ROWS,
    },
    addRoutes: (app: FastifyInstance, sources: RouteSources<Context>) => addExports(app, { ...sources, timeZone }),
    ...(config.graphiql === 'on'
      ? { graphiql: { directory: productFiles.graphiqlPage, examples: graphiqlExamples } }
      : {}),
    exampleQuery,
    health: () => readinessOf(log, database, config.readyLag, attendance.standing),
    async close() {
      await attendance.stop();
      progress.stop();
      await projector?.stop();
      await database.close();
      await log.close();
      await authority.close();
    },
  };
}

/** Whether a WebSocket may be opened, and until when. */
async function admissionBy(authority: Authority, authorization: readonly string[]): Promise<Admission | null> {
  try {
    const identity = await authority.admit(authorization);
    return { expiresAt: identity?.expiresAt ?? null };
  } catch (error) {
    if (error instanceof AuthorityProblem) return null;
    throw error;
  }
}

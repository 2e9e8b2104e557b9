import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildPeildatumSchema } from '../../schema/build-schema.js';
import type { Context } from '../../schema/context.js';
import { exampleOperations, firstQuery } from '../../schema/examples/index.js';
import { listSizes } from '../../schema/list-sizes.js';
import { momentFieldsOf } from '../../schema/moment-fields.js';
import type { Authority } from '../authority/authority.js';
import { AuthorityError } from '../authority/authority-error.js';
import type { Config } from '../config/config.js';
import { addExports } from '../exports/export-routes.js';
import { productFiles } from '../config/product-files.js';
import type { RequestCredentials } from '../http/request-credentials.js';
import type { RouteSources } from '../http/server.js';
import type { ConnectionAuthentication } from '../http/websocket/authentication.js';
import { startCheckpointScheduler } from '../proofs/checkpoints/checkpoint-scheduler.js';
import { leaseStatus } from '../read-models/projector/lease.js';
import { followProgress, type Progress } from '../read-models/projector/progress.js';
import { startProjector, type Projector } from '../read-models/projector/projector.js';
import type { Compose } from './composition.js';
import { readinessOf } from './readiness.js';
import { newContext } from './request-context.js';
import { openStores, type Stores } from './stores.js';

/** How long the start waits for the read models to catch up with the log. */
const FIRST_CATCH_UP_TIMEOUT_MS = 5_000;

/** The composition root: opens the stores, starts what runs beside the requests, and wires both to the schema. */
export const compose: Compose<Context> = async (config, logger) => {
  const stores = await openStores(config, logger);
  const { log, database, authority, signer } = stores;
  const projector = startProjecting(stores, config, logger);
  const progress = followProgress({ database, ...(projector && { projector }) });
  await catchUp(stores, progress, projector, logger);
  const checkpointScheduler = startCheckpointScheduler({
    log,
    signer,
    signingIntervalMinutes: config.checkpointIntervalMinutes,
    logger,
  });
  await checkpointScheduler.check();

  const { vault } = authority;
  const { reading, timeZone } = config;
  const sources = { log, signer, database, progress, vault, reading, timeZone, clock: () => new Date() };
  const schema = buildPeildatumSchema();
  return {
    schema,
    contextFor: async (request) => newContext(sources, await authority.authenticate(authorizationOf(request))),
    authenticateConnection: (request) => authenticateConnection(authority, request),
    momentFields: momentFieldsOf(schema),
    listSizes,
    addRoutes: (app: FastifyInstance, sources: RouteSources<Context>) => addExports(app, { ...sources, timeZone }),
    ...(config.graphiql === 'on'
      ? { graphiql: { directory: productFiles.graphiqlPage, examples: exampleOperations } }
      : {}),
    firstQuery,
    health: () => readinessOf(log, database, config.readyLag, checkpointScheduler.status),
    async close() {
      await checkpointScheduler.stop();
      progress.stop();
      await projector?.stop();
      await stores.close();
    },
  };
};

function startProjecting({ log, database }: Stores, config: Config, logger: Logger): Projector | undefined {
  if (config.projecting === 'off') return undefined;
  return startProjector({ log, database, logger, leaseSeconds: config.projectionLeaseSeconds });
}

/** Waits a short time for the read models. A longer lag is reported by /health/ready and by the query `projections`. */
async function catchUp(
  { log, database }: Stores,
  progress: Progress,
  projector: Projector | undefined,
  logger: Logger,
): Promise<void> {
  const caughtUp = await progress.waitForPosition((await log.head()).position, FIRST_CATCH_UP_TIMEOUT_MS);
  if (caughtUp || projector !== undefined || (await leaseStatus(database.reading, 'LIVE')).holder !== null) return;
  logger.warn('The read models lack events and nobody projects: start `peildatum project`, or set PROJECTING=on');
}

const authorizationOf = ({ raw }: RequestCredentials): readonly string[] => raw.headersDistinct.authorization ?? [];

/** Whether a WebSocket may be opened, and until when. */
async function authenticateConnection(
  authority: Authority,
  request: RequestCredentials,
): Promise<ConnectionAuthentication | null> {
  try {
    const identity = await authority.authenticate(authorizationOf(request));
    return { expiresAt: identity?.expiresAt ?? null };
  } catch (error) {
    if (error instanceof AuthorityError) return null;
    throw error;
  }
}

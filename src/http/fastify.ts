import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { MAX_BODY_BYTES } from './limits.js';
import { challengeBearer, sendError, handleErrors } from './error-responses.js';
import { isUpgradeToWebSocket } from './websocket/upgrade.js';

/** How long a client may take to send its request, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;

/** Fastify as all that we serve needs it: with limits, and with refusals that say what is wrong. */
export const newFastify = (logger: Logger): FastifyInstance => {
  const loggerInstance: FastifyBaseLogger = logger;
  const app = fastify({
    loggerInstance,
    // Two lines for every request are too many at 'info'; one at 'debug' will do.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT,
    http: { shouldUpgradeCallback: isUpgradeToWebSocket },
    frameworkErrors: (error, _request, reply) => {
      void sendError(reply, error.statusCode ?? 400, 'BAD_REQUEST', `${error.message}.`);
    },
  });
  app.addHook('onResponse', async ({ method, url }, { statusCode, elapsedTime }) => {
    logger.debug({ method, url, status: statusCode, milliseconds: Math.round(elapsedTime) }, 'Answered');
  });
  handleErrors(app, logger);
  app.addHook('onSend', challengeBearer);
  return app;
};

import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { MAX_BODY_BYTES } from './limits.js';
import { challengeBearer, sendError, handleErrors } from './error-responses.js';
import { isUpgradeToWebSocket } from './websocket/upgrade.js';

/** How long a client may take to send its request. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Fastify with the limits and the error answers that all routes share. */
export const newFastify = (logger: Logger): FastifyInstance => {
  const loggerInstance: FastifyBaseLogger = logger;
  const app = fastify({
    loggerInstance,
    // Fastify logs two lines for each request at 'info'. The hook below logs one at 'debug'.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
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

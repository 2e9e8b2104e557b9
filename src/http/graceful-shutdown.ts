import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How long open requests may take to finish, in milliseconds, so that the process is gone within two seconds. */
const GRACE = 1_500;
const SWEEP = 25;

/**
 * Prepares the server for a graceful end and returns the end: no new connections, open requests are served, idle
 * connections are closed; after the grace the rest is cut. Resolves at most a moment after that.
 */
export const newGracefulShutdown = (app: FastifyInstance): (() => Promise<void>) => {
  let draining = false;
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });

  return async () => {
    draining = true;
    // A connection whose answer was on its way when we began falls idle afterwards.
    const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP);
    const cut = setTimeout(() => app.server.closeAllConnections(), GRACE);
    await Promise.race([app.close(), delay(GRACE + 100, undefined, { ref: false })]);
    clearTimeout(cut);
    clearInterval(sweep);
  };
};

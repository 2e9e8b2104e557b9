import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How long open requests may take to finish. The process has to end within two seconds. */
const GRACE_MS = 1_500;

/** How often idle connections are closed meanwhile. */
const SWEEP_INTERVAL_MS = 25;

/** How long closing may take after the grace. */
const CLOSE_MARGIN_MS = 100;

/**
 * Prepares the server for a graceful shutdown, and returns the function that shuts it down. That function accepts no new
 * connections, lets open requests finish, closes idle connections, and cuts the rest after the grace.
 */
export const newGracefulShutdown = (app: FastifyInstance): (() => Promise<void>) => {
  let isShuttingDown = false;
  app.addHook('onSend', async (_request, reply) => {
    if (isShuttingDown) reply.header('connection', 'close');
  });

  return async () => {
    isShuttingDown = true;
    // A connection becomes idle when the answer that was under way has been sent.
    const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_INTERVAL_MS);
    const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
    await Promise.race([app.close(), delay(GRACE_MS + CLOSE_MARGIN_MS, undefined, { ref: false })]);
    clearTimeout(cut);
    clearInterval(sweep);
  };
};

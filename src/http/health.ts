import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { withTimeout } from '../concurrency/timeout.js';

/** Whether the service can answer requests now, and the checks that say so. */
export interface Health {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, unknown>>;
}

/** How long the checks may take. A database that takes longer cannot serve requests either. */
const CHECK_TIMEOUT_MS = 3_000;

const inTime = (health: Promise<Health>): Promise<Health> =>
  withTimeout(health, CHECK_TIMEOUT_MS, () => new Error(`The checks were not done after ${CHECK_TIMEOUT_MS} ms.`));

/** /health/live: the process runs. /health/ready: it can answer requests; a check that throws or takes too long means no. */
export const addHealth = (app: FastifyInstance, health: () => Promise<Health>, logger: Logger): void => {
  app.get('/health/live', (_request, reply) => reply.header('cache-control', 'no-store').send({ live: true }));

  app.get('/health/ready', async (_request, reply) => {
    const { ready, checks } = await inTime(health()).catch((error: unknown): Health => {
      logger.error({ err: error }, 'The health check failed');
      return { ready: false, checks: {} };
    });
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, checks });
  });
};

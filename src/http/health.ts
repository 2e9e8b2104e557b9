import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Whether the service can do its work now, and what that was concluded from. */
export interface Health {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, unknown>>;
}

/** /health/live: the process runs. /health/ready: send it requests. A check that fails by throwing means no. */
export const addHealth = (app: FastifyInstance, health: () => Promise<Health>, logger: Logger): void => {
  app.get('/health/live', (_request, reply) => reply.header('cache-control', 'no-store').send({ live: true }));

  app.get('/health/ready', async (_request, reply) => {
    const { ready, checks } = await health().catch((error: unknown): Health => {
      logger.error({ err: error }, 'The health check failed');
      return { ready: false, checks: {} };
    });
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, checks });
  });
};

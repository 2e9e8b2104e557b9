import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Whether the service can do its work now, and what that was concluded from. */
export interface Health {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, unknown>>;
}

/** How long the checks may take, in milliseconds: what is waited for longer cannot answer requests either. */
const PATIENCE = 3_000;

async function inTime(health: Promise<Health>): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The checks were not done after ${PATIENCE} ms.`)), PATIENCE);
  });
  try {
    return await Promise.race([health, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** /health/live: the process runs. /health/ready: send it requests. A check that throws or takes too long means no. */
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

import { describe, expect, it } from 'vitest';
import type { Health } from '../../src/http/health.js';
import { startSample } from './sample-server.js';

const ask = async (health: () => Promise<Health>) => {
  const server = await startSample({ health });
  const [live, ready] = await Promise.all([server.fetch('/health/live'), server.fetch('/health/ready')]);
  await server.stop();
  return { live, ready };
};

describe('the health of the server', () => {
  it('is good when all checks are', async () => {
    const { live, ready } = await ask(async () => ({ ready: true, checks: { projections: { lag: 0 } } }));
    expect(live.status).toBe(200);
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({ ready: true, checks: { projections: { lag: 0 } } });
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });

  it('is alive, but not ready, when a check says so', async () => {
    const { live, ready } = await ask(async () => ({ ready: false, checks: { projections: { lag: 12 } } }));
    expect(live.status).toBe(200);
    expect(ready.status).toBe(503);
    expect(ready.body).toEqual({ ready: false, checks: { projections: { lag: 12 } } });
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });

  it('is not ready when a check fails, and says no more than that', async () => {
    const { live, ready } = await ask(() => Promise.reject(new Error('secret file')));
    expect(live.status).toBe(200);
    expect(ready.status).toBe(503);
    expect(ready.body).toEqual({ ready: false, checks: {} });
  });

  it('is not ready when a check waits for something, and says so before whoever asks has gone', async () => {
    const { live, ready } = await ask(() => new Promise(() => {}));
    expect(live.status).toBe(200);
    expect(ready.status).toBe(503);
    expect(ready.body).toEqual({ ready: false, checks: {} });
  });
});

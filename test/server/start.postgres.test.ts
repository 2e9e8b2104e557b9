import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openVault } from '../../src/authority/vault/open.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { openReadDatabase } from '../../src/read-models/database/open.js';
import { testDirectory } from '../support/directory.js';
import { startProxy, type Proxy } from '../support/postgres/proxy.js';
import { startPostgres, type PostgresServer } from '../support/postgres/server.js';
import { describeOnPostgres, inSchema, testSchemas } from '../support/postgres/shared.js';
import { ready, startCommandProcess, startServerProcess } from '../support/processes.js';

type Open = (url: string) => Promise<{ close(): Promise<void> }>;

const openings: readonly (readonly [string, Open])[] = [
  ['the log', (url) => openPostgresEventStore({ url })],
  ['the read models', (url) => openReadDatabase({ engine: 'postgres', url })],
  ['the vault', (url) => openVault({ engine: 'postgres', url })],
];

describeOnPostgres('a start on a PostgreSQL that is being started again', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());

  const codeOnConnecting = async (): Promise<unknown> => {
    const client = new Client({ connectionString: server.url });
    client.on('error', () => {});
    const failure: unknown = await client.connect().catch((error: unknown) => error);
    await client.end().catch(() => {});
    return (failure as { code?: unknown } | undefined)?.code;
  };

  it.each(openings)('waits for %s until it is back', { timeout: 60_000 }, async (_name, open) => {
    const last = new Client({ connectionString: server.url });
    last.on('error', () => {});
    await last.connect();
    const stopped = server.stop('SMART');
    await expect.poll(codeOnConnecting, { timeout: 10_000 }).toBe('57P03');

    let settled = false;
    const opening = open(server.url).finally(() => (settled = true));
    opening.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(settled).toBe(false);
    await last.end();
    await stopped;
    await server.start();
    await (await opening).close();
  });
});

describeOnPostgres('a start on a PostgreSQL whose port closes connections', (url) => {
  const directory = testDirectory();
  const newSchema = testSchemas(url);
  const proxies: Proxy[] = [];
  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });
  const shutProxy = async (): Promise<Proxy> => {
    const proxy = await startProxy(url);
    proxies.push(proxy);
    proxy.shut();
    return proxy;
  };
  const expectTurnedAway = async (proxy: Proxy, times = 1): Promise<void> => {
    await expect.poll(() => proxy.turnedAway(), { timeout: 20_000 }).toBeGreaterThan(times);
  };

  it.each(openings)('waits for %s until it does not', async (_name, open) => {
    const proxy = await shutProxy();
    const opening = open(inSchema(proxy.url, newSchema()));
    opening.catch(() => {});
    await expectTurnedAway(proxy);
    proxy.open();
    await (await opening).close();
  });

  it('waits as a server and as `peildatum project`, too', { timeout: 60_000 }, async () => {
    const proxy = await shutProxy();
    const env = {
      DATA_DIR: join(directory, 'data'),
      EVENT_STORE_URL: inSchema(proxy.url, newSchema()),
      READ_DATABASE_URL: inSchema(proxy.url, newSchema()),
      READY_LAG: '0',
    };
    const server = await startServerProcess(env);
    await expectTurnedAway(proxy);
    proxy.open();
    await ready(server);
    expect(await server.terminate()).toBe(0);

    proxy.shut();
    const before = proxy.turnedAway();
    const project = startCommandProcess(['project'], env);
    await expectTurnedAway(proxy, before + 1);
    proxy.open();
    await project.writes(/Taking part in projecting/);
    expect(await project.terminate()).toBe(0);
  });
});

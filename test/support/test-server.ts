import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startApplication } from '../../src/server/application.js';
import { readConfig } from '../../src/config/config.js';
import { openEventStore } from '../../src/event-store/open.js';
import type { EventStore } from '../../src/event-store/port.js';
import { compose } from '../../src/server/compose.js';
import { dataOf, type Answer, type Variables } from './answer.js';
import { copyShippedData } from './shipped/copy.js';

/** The product as it is started, asked over HTTP. */
export interface TestServer {
  /** Without a path: 'http://127.0.0.1:4000'. */
  readonly url: string;
  query<T = unknown>(document: string, variables?: Variables): Promise<Answer<T> & { readonly response: Response }>;
  ask<T = unknown>(document: string, variables?: Variables): Promise<T>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** What the log and the read models begin with. Default: SHIPPED. */
  readonly history?: 'SHIPPED' | 'NONE';
  /** Adds to the log before the start. */
  readonly prepare?: (log: EventStore) => Promise<unknown>;
  readonly timeZone?: string;
}

export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { history = 'SHIPPED', prepare, timeZone = 'Europe/Amsterdam' } = options;
  const directory = mkdtempSync(join(tmpdir(), 'peildatum-'));
  const { config, problems } = readConfig({ DATA_DIR: directory, PORT: '0', TIME_ZONE: timeZone });
  if (!config) throw new Error(problems.join('\n'));
  if (history === 'SHIPPED') await copyShippedData(directory);
  if (prepare) {
    const log = await openEventStore(config.eventStoreUrl);
    await prepare(log);
    await log.close();
  }
  const { url, stop } = await startApplication(compose, config, pino({ level: 'silent' }));

  const query = async <T>(document: string, variables: Variables = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document, variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<T>>;
    return { data, errors, response };
  };

  return {
    url,
    query,
    ask: async <T>(document: string, variables: Variables = {}) =>
      dataOf(await query<T>(document, variables), `${document}\n${JSON.stringify(variables)}`),
    async close() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

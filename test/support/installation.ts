import { join } from 'node:path';
import { pino } from 'pino';
import { startApplication } from '../../src/server/application.js';
import { readConfig } from '../../src/config/config.js';
import { compose } from '../../src/server/compose.js';

/** A server over a data directory that stays when the server goes. */
export interface Installation {
  readonly url: string;
  /** The bytes of an answer, and the headers that say how long it may be kept. */
  answer(body: object, token?: string): Promise<{ readonly text: string; readonly kept: (string | null)[] }>;
  stop(): Promise<void>;
}

export async function startInstallation(dataDir: string): Promise<Installation> {
  const { config, problems } = readConfig({ DATA_DIR: dataDir, PORT: '0' });
  if (!config) throw new Error(problems.join('\n'));
  const { url, stop } = await startApplication(compose, config, pino({ level: 'silent' }));
  return {
    url,
    stop,
    async answer(body, token) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
      });
      return { text: await response.text(), kept: ['cache-control', 'etag'].map((name) => response.headers.get(name)) };
    },
  };
}

/** The log's file in a data directory. */
export const logIn = (dataDir: string): string => join(dataDir, 'events.db');

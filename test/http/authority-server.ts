import { join } from 'node:path';
import { request } from 'node:http';
import { pino } from 'pino';
import { startApplication } from '../../src/server/application.js';
import { readConfig } from '../../src/config/config.js';
import { compose } from '../../src/server/compose.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The product as it is started, with what it logs. */
export interface AuthorityServer {
  readonly url: string;
  readonly logged: Record<string, unknown>[];
  /** Asks for the path with these Authorization fields, one header line each. A query is posted to /graphql. */
  get(path: string, ...authorization: readonly string[]): Promise<Answer>;
  ask(query: string, ...authorization: readonly string[]): Promise<Answer>;
  close(): Promise<void>;
}

/** Not by fetch, which would make one field of several. */
const send = (
  url: string,
  method: string,
  headers: readonly (readonly [string, string])[],
  body?: string,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { host } = new URL(url);
    const lines = [['host', host], ...headers].flat();
    const outgoing = request(url, { method, headers: lines, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

export async function openAuthorityServer(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<AuthorityServer> {
  const { config, problems } = readConfig({ DATA_DIR: join(directory, 'data'), PORT: '0', ...settings });
  if (!config) throw new Error(problems.join('\n'));
  const logged: Record<string, unknown>[] = [];
  const write = (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>);
  const application = await startApplication(compose, config, pino({ level: 'debug' }, { write }));
  const fields = (values: readonly string[]) => values.map((value) => ['authorization', value] as const);
  return {
    url: application.url,
    logged,
    get: (path, ...authorization) => send(application.url + path, 'GET', fields(authorization)),
    ask: (query, ...authorization) => {
      const body = JSON.stringify({ query });
      const headers = [
        ['content-type', 'application/json'],
        ['content-length', String(Buffer.byteLength(body))],
      ] as const;
      return send(`${application.url}/graphql`, 'POST', [...headers, ...fields(authorization)], body);
    },
    close: () => application.stop(),
  };
}

import { pino } from 'pino';
import { newCaching } from '../../src/http/cache.js';
import { startServer, type RunningServer, type ServerOptions } from '../../src/http/server.js';
import { sampleSchema, type SampleContext } from './sample-schema.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: readonly unknown[];
      readonly extensions: Record<string, unknown>;
    }[];
  };
}

export interface SampleServer extends RunningServer {
  /** What was logged, one object a line. */
  readonly logged: Record<string, unknown>[];
  /** Lets the slow fields go on. */
  readonly release: () => void;
  /** Resolves when a slow field is being resolved. */
  readonly slowBegun: Promise<void>;
  post(query: string, variables?: object, more?: { operationName?: string; headers?: object }): Promise<Answer>;
  get(query: string, headers?: object): Promise<Answer>;
  fetch(path: string, init?: RequestInit): Promise<Answer>;
}

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
  };
};

/** The host, serving the sample schema on a free port. */
export const startSample = async (options: Partial<ServerOptions<SampleContext>> = {}): Promise<SampleServer> => {
  const logged: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'info' },
    { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const gate = Promise.withResolvers<void>();
  const slow = Promise.withResolvers<void>();
  const server = await startServer<SampleContext>({
    schema: sampleSchema(),
    contextFor: async () => ({ caching: newCaching(), gate: gate.promise, onSlow: slow.resolve }),
    momentFields: new Set(['pinned', 'head']),
    health: async () => ({ ready: true, checks: { store: 'open' } }),
    host: '127.0.0.1',
    port: 0,
    logger,
    ...options,
  });
  const fetchAnswer = async (path: string, init?: RequestInit) => answerOf(await fetch(server.url + path, init));
  return {
    ...server,
    logged,
    release: gate.resolve,
    slowBegun: slow.promise,
    fetch: fetchAnswer,
    post: (query, variables, { operationName, headers } = {}) =>
      fetchAnswer('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables, operationName }),
      }),
    get: (query, headers) =>
      fetchAnswer(`/graphql?query=${encodeURIComponent(query)}`, {
        headers: { 'apollo-require-preflight': 'yes', ...headers },
      }),
  };
};

/** Code and message of each error of an answer. */
export const errorsOf = ({ body }: Answer): readonly { code: unknown; message: string }[] =>
  (body.errors ?? []).map(({ message, extensions }) => ({ code: extensions['code'], message }));

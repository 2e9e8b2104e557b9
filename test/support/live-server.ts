import { pino } from 'pino';
import type { Context } from '../../schema/context.js';
import { startServer, type ServerOptions } from '../../src/http/server.js';
import { SOCKET_LIMITS, type SocketLimits } from '../../src/http/websocket/limits.js';
import { theSchema } from './execute.js';
import { openTestApi, type TestApi } from './test-api.js';

/** The product over HTTP and WebSockets, on a log that the test appends to. */
export interface LiveServer {
  readonly api: TestApi;
  /** Without a path: 'http://127.0.0.1:4000'. */
  readonly url: string;
  /** Where subscriptions are served. */
  readonly socketUrl: string;
  /** What was logged, one object a line. */
  readonly logged: readonly Record<string, unknown>[];
  /** Stops serving, but leaves the log open. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface LiveServerOptions extends Partial<
  Pick<ServerOptions<Context>, 'authenticateConnection' | 'contextFor'>
> {
  readonly limits?: Partial<SocketLimits>;
  /** An API that stays open when the server is closed, for a server that is started again. */
  readonly api?: TestApi;
}

export async function openLiveServer(options: LiveServerOptions = {}): Promise<LiveServer> {
  const { limits, api: given, ...rest } = options;
  const api = given ?? (await openTestApi());
  const logged: Record<string, unknown>[] = [];
  const write = (line: string): void => void logged.push(JSON.parse(line) as Record<string, unknown>);
  const { url, stop } = await startServer<Context>({
    schema: theSchema(),
    contextFor: () => api.context(),
    socketLimits: { ...SOCKET_LIMITS, ...limits },
    health: async () => ({ ready: true, checks: {} }),
    host: '127.0.0.1',
    port: 0,
    logger: pino({ level: 'info' }, { write }),
    ...rest,
  });
  return {
    api,
    url,
    socketUrl: `${url.replace('http', 'ws')}/graphql`,
    logged,
    stop,
    async close() {
      await stop();
      if (!given) await api.close();
    },
  };
}

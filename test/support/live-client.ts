import { createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Variables } from './answer.js';

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** One operation on a connection of its own. */
export interface Operation<T> {
  /** The next answer. @throws the errors of the operation, or how the connection was closed. */
  next(): Promise<FormattedExecutionResult<T>>;
  /** So many answers, which must have no errors: their data. */
  take(count: number): Promise<T[]>;
  /** Ends the operation, and then the connection. */
  complete(): Promise<void>;
  /** Cuts the connection, as a network does. */
  cut(): void;
  /** Settles when the connection is closed. */
  readonly closed: Promise<Closed>;
}

export interface OperationOptions {
  readonly variables?: Variables;
  readonly connectionParams?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

/** Begins an operation over a WebSocket, as a client of the library that our clients are told to use. */
export function begin<T = Record<string, unknown>>(
  url: string,
  query: string,
  { variables = {}, connectionParams, headers = {} }: OperationOptions = {},
): Operation<T> {
  const closed = Promise.withResolvers<Closed>();
  const sockets: WebSocket[] = [];
  class OwnWebSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers });
      sockets.push(this);
      // Whatever it is, 'close' follows.
      this.on('error', () => undefined);
    }
  }
  const client = createClient({
    url,
    webSocketImpl: OwnWebSocket,
    retryAttempts: 0,
    ...(connectionParams ? { connectionParams } : {}),
    on: { closed: (event) => closed.resolve(event as Closed) },
  });
  const answers = client.iterate<T>({ query, variables });
  const next = async (): Promise<FormattedExecutionResult<T>> => {
    const { done, value } = await answers.next();
    if (done) throw new Error('The operation is complete.');
    return value as FormattedExecutionResult<T>;
  };
  return {
    next,
    async take(count) {
      const taken: T[] = [];
      while (taken.length < count) {
        const { data, errors } = await next();
        if (!data || errors) throw new Error(JSON.stringify(errors));
        taken.push(data);
      }
      return taken;
    },
    async complete() {
      await answers.return?.();
      await client.dispose();
    },
    cut() {
      for (const socket of sockets) socket.terminate();
    },
    closed: closed.promise,
  };
}

import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Other protocols that a client offers to change to, such as HTTP/2, are not taken up: its request is answered as it is. */
export const isUpgradeToWebSocket = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

export interface UpgradeRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * A page of another origin must not read through its visitor's browser what this server shows only to its own network. For
 * requests browsers see to that; for WebSockets the server has to. Other clients send no Origin.
 */
const isForeign = ({ headers: { origin, host = '' } }: IncomingMessage): boolean => {
  if (origin === undefined) return false;
  const page = URL.parse(origin);
  return page === null || page.host !== URL.parse(`${page.protocol}//${host}`)?.host;
};

/** What is wrong with a request for a WebSocket; null when nothing is. */
export const upgradeRefusal = (
  request: IncomingMessage,
  state: { readonly isClosing: boolean; readonly isFull: boolean },
): UpgradeRefusal | null => {
  const path = request.url?.split('?')[0];
  if (path !== '/graphql') {
    return { status: 404, code: 'NOT_FOUND', message: 'WebSockets are served at /graphql.' };
  }
  if (isForeign(request)) {
    return { status: 403, code: 'FOREIGN_ORIGIN', message: 'Pages of another origin cannot open a WebSocket here.' };
  }
  if (state.isClosing) return { status: 503, code: 'GOING_AWAY', message: 'The server is stopping.' };
  if (state.isFull) {
    return { status: 503, code: 'TOO_MANY_CONNECTIONS', message: 'There are too many connections. Try again later.' };
  }
  return null;
};

/** SubscriptionResults a request for a WebSocket that is refused, in the form in which GraphQL refuses. */
export const refuseUpgrade = (socket: Duplex, { status, code, message }: UpgradeRefusal): void => {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      'Connection: close\r\nCache-Control: no-store\r\nContent-Type: application/json; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};

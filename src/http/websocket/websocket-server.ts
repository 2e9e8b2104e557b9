import type { IncomingMessage, Server } from 'node:http';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { CLOSE_REASONS } from './close-reasons.js';
import { openConnection, type Connection } from './connection.js';
import { keepAlive } from './keep-alive.js';
import type { ConnectionOptions } from './connection-options.js';
import { refuseUpgrade, upgradeRefusal } from './upgrade.js';

/** How long clients may take to answer the close frame when the server stops. */
const CLOSE_GRACE_MS = 700;

export interface WebSockets {
  /** Accepts no new connections, sends every client a close frame, and cuts off those that do not answer it in time. */
  close(): Promise<void>;
}

/** Serves GraphQL over WebSockets on the server that serves it over HTTP. */
export const addWebSockets = (server: Server, options: ConnectionOptions): WebSockets => {
  const { limits, logger } = options;
  // The types of ws do not have closeTimeout yet.
  const settings: ServerOptions & { readonly closeTimeout: number } = {
    noServer: true,
    handleProtocols: (protocols) => handleProtocols(protocols),
    maxPayload: limits.maxPayloadBytes,
    autoPong: false,
    closeTimeout: limits.closeTimeoutMs,
  };
  const sockets = new WebSocketServer(settings);
  const open = new Set<Connection>();
  let isClosing = false;

  const serve = async (socket: WebSocket, request: IncomingMessage): Promise<void> => {
    const connection = openConnection(socket, request, options);
    open.add(connection);
    try {
      await connection.closed;
    } catch (error) {
      logger.error({ err: error }, 'A WebSocket could not be closed cleanly');
    } finally {
      open.delete(connection);
    }
  };

  server.on('upgrade', (request, stream, head) => {
    stream.on('error', (error) => logger.debug({ err: error }, 'A connection failed'));
    const refusal = upgradeRefusal(request, { isClosing, isFull: open.size >= limits.maxConnections });
    if (refusal) return refuseUpgrade(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (socket) => void serve(socket, request));
  });
  const pinging = keepAlive(sockets.clients, limits.pingIntervalMs);

  return {
    async close() {
      isClosing = true;
      pinging.stop();
      for (const connection of open) connection.close(CLOSE_REASONS.goingAway);
      const cut = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_GRACE_MS);
      await Promise.allSettled([...open].map(({ closed }) => closed));
      clearTimeout(cut);
    },
  };
};

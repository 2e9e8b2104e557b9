import type { IncomingMessage, Server } from 'node:http';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { CLOSE } from './websocket/close.js';
import { openConnection, type Connection } from './websocket/connection.js';
import { keepAlive } from './websocket/keep-alive.js';
import type { ConnectionOptions } from './websocket/options.js';
import { refuseUpgrade, upgradeRefusal } from './websocket/upgrade.js';

/** How long clients may take to say goodbye when the server stops, in milliseconds. */
const GRACE = 700;

export interface WebSockets {
  /** Takes no new connections, tells all clients that the server goes away, and cuts off those who do not listen. */
  close(): Promise<void>;
}

/** Serves GraphQL over WebSockets on the server that serves it over HTTP. */
export const addWebSockets = (server: Server, options: ConnectionOptions): WebSockets => {
  const { limits, logger } = options;
  // The types of ws do not have closeTimeout yet.
  const settings: ServerOptions & { readonly closeTimeout: number } = {
    noServer: true,
    handleProtocols: (protocols) => handleProtocols(protocols),
    maxPayload: limits.payloadBytes,
    autoPong: false,
    closeTimeout: limits.closeTimeout,
  };
  const sockets = new WebSocketServer(settings);
  const open = new Set<Connection>();
  let isClosing = false;

  const serve = async (socket: WebSocket, request: IncomingMessage): Promise<void> => {
    const connection = openConnection(socket, request, options);
    open.add(connection);
    try {
      await connection.over;
    } catch (error) {
      logger.error({ err: error }, 'A WebSocket did not end as it should');
    } finally {
      open.delete(connection);
    }
  };

  server.on('upgrade', (request, stream, head) => {
    stream.on('error', (error) => logger.debug({ err: error }, 'A connection failed'));
    const refusal = upgradeRefusal(request, { isClosing, isFull: open.size >= limits.connections });
    if (refusal) return refuseUpgrade(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (socket) => void serve(socket, request));
  });
  const pinging = keepAlive(sockets.clients, limits.keepAlive);

  return {
    async close() {
      isClosing = true;
      pinging.stop();
      for (const connection of open) connection.close(CLOSE.goingAway);
      const cut = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, GRACE);
      await Promise.allSettled([...open].map(({ over }) => over));
      clearTimeout(cut);
    },
  };
};

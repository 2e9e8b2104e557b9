import type { WebSocket } from 'ws';

/** Pings every client at an interval, and cuts the connection of a client that has not answered one ping by the next. */
export const keepAlive = (clients: ReadonlySet<WebSocket>, intervalMs: number): { stop(): void } => {
  const unanswered = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of clients) {
      if (unanswered.has(socket)) socket.terminate();
      if (socket.readyState !== socket.OPEN) continue;
      unanswered.add(socket);
      socket.once('pong', () => unanswered.delete(socket));
      socket.ping();
    }
  }, intervalMs);
  return { stop: () => clearInterval(timer) };
};

import type { WebSocket } from 'ws';

/** Pings every client now and then, and cuts the connections of those that have not answered by the next time. */
export const keepAlive = (clients: ReadonlySet<WebSocket>, interval: number): { stop(): void } => {
  const unanswered = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of clients) {
      if (unanswered.has(socket)) socket.terminate();
      if (socket.readyState !== socket.OPEN) continue;
      unanswered.add(socket);
      socket.once('pong', () => unanswered.delete(socket));
      socket.ping();
    }
  }, interval);
  return { stop: () => clearInterval(timer) };
};

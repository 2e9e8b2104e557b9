import type { LogWatcherOptions } from '../log-watcher.js';
import type { ListenConnection } from './connections.js';

/**
 * Listens on the channel to which every commit sends the position of its last event, until the connection ends or the signal
 * is aborted.
 * @param openListenConnection opens a connection, which is destroyed here
 */
export const newListen =
  (openListenConnection: () => ListenConnection, channel: string): NonNullable<LogWatcherOptions['listen']> =>
  async ({ notifyHead, checkHead }, signal) => {
    const { client, unref, destroy } = openListenConnection();
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.on('error', () => resolve());
    });
    signal.addEventListener('abort', destroy);
    try {
      client.on('notification', ({ payload }) => notifyHead(Number(payload)));
      await client.connect();
      unref();
      await client.query(`LISTEN "${channel}"`);
      // Commits before LISTEN took effect sent no message here.
      await checkHead();
      await ended;
    } finally {
      signal.removeEventListener('abort', destroy);
      destroy();
    }
  };

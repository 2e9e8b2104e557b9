import type { Watched } from '../log-watcher.js';
import type { ListenConnection } from './connections.js';

/**
 * Whoever commits tells the channel, and the connection that listens there hears it at once, until it ends, by itself or
 * because nobody listens any more.
 * @param single a new connection, which is cut here
 */
export const newListen =
  (openListenConnection: () => ListenConnection, channel: string): Watched['hear'] =>
  async ({ reached, look }, signal) => {
    const { client, unref, destroy } = openListenConnection();
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.on('error', () => resolve());
    });
    signal.addEventListener('abort', destroy);
    try {
      client.on('notification', ({ payload }) => reached(Number(payload)));
      await client.connect();
      // Listening alone keeps no process alive.
      unref();
      await client.query(`LISTEN "${channel}"`);
      // What was committed before the server took note of that was not told.
      await look();
      await ended;
    } finally {
      signal.removeEventListener('abort', destroy);
      destroy();
    }
  };

import { Socket } from 'node:net';
import { Client, type Pool } from 'pg';
import type { Address } from '../../postgres/address.js';
import { clientConfigOf, newPool } from '../../postgres/pool.js';

/** So many questions of one process are answered at a time. */
const READER_COUNT = 8;

export interface ListenConnection {
  readonly client: Client;
  unref(): void;
  destroy(): void;
}

export interface Connections {
  /** One connection: what writes does so one after the other. */
  readonly writer: Pool;
  readonly readers: Pool;
  /** One more, which is not set up and keeps no process alive. Whoever asks for it cuts it. */
  openListenConnection(): ListenConnection;
  close(): Promise<void>;
}

export function openConnections(address: Address): Connections {
  const writer = newPool(address, 1);
  const readers = newPool(address, READER_COUNT);
  return {
    writer,
    readers,
    openListenConnection() {
      const socket = new Socket();
      // The driver connects it. To end a connection politely would take as long as the other side lets it.
      const client = new Client({ ...clientConfigOf(address), stream: () => socket });
      return { client, unref: () => void socket.unref(), destroy: () => void socket.destroy() };
    },
    async close() {
      await Promise.all([writer.end(), readers.end()]);
    },
  };
}

import { Socket } from 'node:net';
import { Client, type Pool } from 'pg';
import type { Address } from '../../postgres/address.js';
import { clientConfigOf, newPool } from '../../postgres/pool.js';

/** How many reads of one process run at a time. */
const READER_COUNT = 8;

export interface ListenConnection {
  readonly client: Client;
  unref(): void;
  destroy(): void;
}

export interface Connections {
  /** One connection, so that writes are made one after the other. */
  readonly writer: Pool;
  readonly readers: Pool;
  /** Opens a connection of its own for LISTEN, which keeps no process alive. The caller destroys it. */
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
      // The driver connects the socket. Ending a connection in the protocol would take as long as the server lets it.
      const client = new Client({ ...clientConfigOf(address), stream: () => socket });
      return { client, unref: () => void socket.unref(), destroy: () => void socket.destroy() };
    },
    async close() {
      await Promise.all([writer.end(), readers.end()]);
    },
  };
}

import { Socket } from 'node:net';
import { Client, type Pool } from 'pg';
import type { Address } from '../../postgres/address.js';
import { configOf, poolOf } from '../../postgres/pool.js';

/** So many questions of one process are answered at a time. */
const READERS = 8;

export interface Single {
  readonly client: Client;
  unref(): void;
  cut(): void;
}

export interface Connections {
  /** One connection: what writes does so one after the other. */
  readonly writer: Pool;
  readonly readers: Pool;
  /** One more, which is not set up and keeps no process alive. Whoever asks for it cuts it. */
  single(): Single;
  close(): Promise<void>;
}

export function connectionsTo(address: Address): Connections {
  const writer = poolOf(address, 1);
  const readers = poolOf(address, READERS);
  return {
    writer,
    readers,
    single() {
      const socket = new Socket();
      // The driver connects it. To end a connection politely would take as long as the other side lets it.
      const client = new Client({ ...configOf(address), stream: () => socket });
      return { client, unref: () => void socket.unref(), cut: () => void socket.destroy() };
    },
    async close() {
      await Promise.all([writer.end(), readers.end()]);
    },
  };
}

import { Socket } from 'node:net';
import { Client, Pool, types, type ClientConfig } from 'pg';
import type { Address } from './address.js';

/** A connection that a program sets up, or that it waits for, may take so long, in milliseconds. */
const CONNECT_WITHIN = 15_000;

/** So many questions of one process are answered at a time. */
const READERS = 8;

const INT8 = 20;

/** Positions and counts come as numbers: what is beyond 2^53 is beyond any log. */
const numeric: NonNullable<ClientConfig['types']> = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : types.getTypeParser(oid, format),
};

const configOf = ({ url }: Address): ClientConfig => ({
  connectionString: url,
  application_name: 'peildatum',
  connectionTimeoutMillis: CONNECT_WITHIN,
  keepAlive: true,
  types: numeric,
});

/**
 * What every connection is set to. All questions here are seeks, but the server plans those that it is asked often by how
 * large a table was at the time: reading all of an empty one is cheap, and so it would read all of a large one later.
 */
const settingsFor = ({ schema }: Address): string => `
  SET search_path TO "${schema}";
  SET enable_seqscan = off;
  SET jit = off;
  SET client_encoding = 'UTF8';`;

const poolOf = (address: Address, max: number): Pool => {
  const pool = new Pool({
    ...configOf(address),
    max,
    // A process that has nothing else to do may end.
    allowExitOnIdle: true,
    onConnect(client) {
      // What a broken connection was asked fails, and that is enough: an event that nobody hears would end the process.
      client.on('error', () => {});
      // The pool waits for the promise, which its types do not say.
      return client.query(settingsFor(address)) as unknown as void;
    },
  });
  // A connection that breaks while it is idle is replaced when the next one is asked for.
  pool.on('error', () => {});
  return pool;
};

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

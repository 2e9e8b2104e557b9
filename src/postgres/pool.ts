import { Pool, types, type ClientConfig } from 'pg';
import type { Address } from './address.js';

/** How long it may take to connect, or to get a free connection of the pool. */
const CONNECT_TIMEOUT_MS = 15_000;

/** Connections are replaced after this time, and prepared plans that are not used any more with them. */
const MAX_CONNECTION_AGE_SECONDS = 3600;

/**
 * The server ends a connection whose client takes no data for this long, because its process was stopped, and so
 * releases its locks. Servers on systems without this setting rely on the network.
 */
const TCP_USER_TIMEOUT_MS = 10_000;

const INT8 = 20;

/** Positions and counts are read as numbers: no log reaches 2^53. */
const numeric: NonNullable<ClientConfig['types']> = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : types.getTypeParser(oid, format),
};

export const clientConfigOf = ({ url }: Address): ClientConfig => ({
  connectionString: url,
  application_name: 'peildatum',
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  types: numeric,
});

/**
 * The settings of every connection. All statements here are seeks. The server would plan a scan while a table is
 * empty, and keep that plan when the table is large.
 */
const settingsFor = ({ schema }: Address): string => `
  SET search_path TO "${schema}";
  SET enable_seqscan = off;
  SET jit = off;
  SET tcp_user_timeout = ${TCP_USER_TIMEOUT_MS};
  SET client_encoding = 'UTF8';`;

/** @param settings more SQL to run on every new connection */
export function newPool(address: Address, max: number, settings = ''): Pool {
  const pool = new Pool({
    ...clientConfigOf(address),
    max,
    maxLifetimeSeconds: MAX_CONNECTION_AGE_SECONDS,
    // Idle connections do not keep the process alive.
    allowExitOnIdle: true,
    onConnect(client) {
      // Queries on a broken connection fail, which is enough: an error event without a handler would end the process.
      client.on('error', () => {});
      // The pool waits for the promise, although its types have none: no connection is handed out before its settings
      // are made.
      return client.query(settingsFor(address) + settings) as unknown as void;
    },
  });
  // A connection that breaks while idle is replaced when the next one is needed.
  pool.on('error', () => {});
  return pool;
}

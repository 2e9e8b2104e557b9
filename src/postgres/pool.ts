import { Pool, types, type ClientConfig } from 'pg';
import type { Address } from './address.js';

/** A connection that a program sets up, or that it waits for, may take so long, in milliseconds. */
const CONNECT_TIMEOUT_MS = 15_000;

/** A connection is replaced after so many seconds, and what it has planned and will never be asked again with it. */
const MAX_CONNECTION_AGE_SECONDS = 3600;

/**
 * A server that cannot get rid of an answer for so many milliseconds, because whoever asked was stopped, ends the connection,
 * and with it what it had locked. Servers on systems without this leave it to the network.
 */
const TCP_USER_TIMEOUT_MS = 10_000;

const INT8 = 20;

/** Positions and counts come as numbers: what is beyond 2^53 is beyond any log. */
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
 * What every connection is set to. All questions here are seeks, but the server plans them by what it knows of how large a
 * table is: reading all of an empty one is cheap, and so it would read all of a large one later.
 */
const settingsFor = ({ schema }: Address): string => `
  SET search_path TO "${schema}";
  SET enable_seqscan = off;
  SET jit = off;
  SET tcp_user_timeout = ${TCP_USER_TIMEOUT_MS};
  SET client_encoding = 'UTF8';`;

/** @param settings more SQL that every connection begins with */
export function newPool(address: Address, max: number, settings = ''): Pool {
  const pool = new Pool({
    ...clientConfigOf(address),
    max,
    maxLifetimeSeconds: MAX_CONNECTION_AGE_SECONDS,
    // A process that has nothing else to do may end.
    allowExitOnIdle: true,
    onConnect(client) {
      // What a broken connection was asked fails, and that is enough: an event that nobody hears would end the process.
      client.on('error', () => {});
      // The pool waits for the promise, although its types have none: no connection is handed out before it is set up.
      return client.query(settingsFor(address) + settings) as unknown as void;
    },
  });
  // A connection that breaks while it is idle is replaced when the next one is asked for.
  pool.on('error', () => {});
  return pool;
}

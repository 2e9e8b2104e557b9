import { StoreUnusable } from '../errors.js';

/** The SQLSTATE, or the code of Node.js for what went wrong below SQL. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const messageOf = (error: unknown): string =>
  // Several addresses of one host were tried: the last failure says as much as all of them.
  (error instanceof AggregateError ? messageOf(error.errors.at(-1)) : error instanceof Error && error.message) ||
  'no answer';

/** The driver has no codes for what it finds out by itself. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout (expired|exceeded)|Query read timeout)/;

// 08 connection exception, 57P01 to 57P03 shutting down, crashed and starting up, 25P03 and 57P05 idle for too long,
// 53300 too many connections.
const away =
  /^(08|57P0[1-35]|25P03|53300|E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NETDOWN|NOTFOUND|AI_AGAIN)$)/;

/** The server cannot be reached or has ended the connection. It may come back, so trying again makes sense. */
export const isAway = (error: unknown): boolean =>
  away.test(codeOf(error)) || (error instanceof Error && codeOf(error) === '' && lostConnection.test(error.message));

const remedies: readonly (readonly [RegExp, StoreUnusable['code'], string])[] = [
  [/^42501/, 'NOT_WRITABLE', 'may not be used by this user. Grant what is missing (docs/postgresql.md lists it)'],
  [/^(28|3D000)/, 'REFUSED', 'cannot be entered. Correct the user, the password or the database in EVENT_STORE_URL'],
  [
    /^25006/,
    'NOT_WRITABLE',
    'is read-only, as on a server that follows another. Name the server that takes writes in EVENT_STORE_URL',
  ],
  [
    /^53100/,
    'NOT_WRITABLE',
    'cannot grow: the disk of the server is full. Nothing was appended. Make room and try again',
  ],
  [
    /^55P03/,
    'NOT_WRITABLE',
    'is kept locked by another process. Nothing was appended. Wait for that process or stop it, and try again',
  ],
  [/^(42P01|42703|42883|3F000)/, 'CORRUPT', 'is damaged: a part of its tables is gone. Restore a backup'],
  [/^(XX001|XX002)/, 'CORRUPT', 'is damaged: the server cannot read its own files. Restore a backup'],
  [/^(ENOENT|EACCES|EISDIR)$/, 'REFUSED', 'cannot be entered without the certificates that its URL names'],
  [/(CERT|TLS|SSL|SIGNATURE)/, 'REFUSED', 'cannot be trusted. Correct sslmode and sslrootcert in EVENT_STORE_URL'],
];

/** The driver knows these by their words alone. */
const refusals =
  /^(SASL|The server does not support SSL|There was an error establishing an SSL|Unknown authenticationOk|Server does not support)/;

/** A failure in words that name the place and the remedy; any other error as it is. */
export function explained(place: string, error: unknown): unknown {
  if (error instanceof StoreUnusable) return error;
  const say = (kind: StoreUnusable['code'], text: string): StoreUnusable =>
    new StoreUnusable(kind, `The log at ${place} ${text}: ${messageOf(error)}.`, { cause: error });
  if (isAway(error)) return say('UNREACHABLE', 'cannot be reached. Start its server, or correct EVENT_STORE_URL');
  const [, kind, text] = remedies.find(([pattern]) => pattern.test(codeOf(error))) ?? [];
  if (kind !== undefined) return say(kind, text ?? '');
  if (error instanceof Error && refusals.test(error.message)) {
    return say('REFUSED', 'cannot be entered. Correct the password or sslmode in EVENT_STORE_URL');
  }
  return error;
}

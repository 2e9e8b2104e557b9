import { DatabaseError } from 'pg';

/** The SQLSTATE, or the code of Node.js for what went wrong below SQL. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What the server or the system said. */
export const messageOf = (error: unknown): string =>
  // Several addresses of one host were tried: the last failure says as much as all of them.
  (error instanceof AggregateError ? messageOf(error.errors.at(-1)) : error instanceof Error && error.message) ||
  'no answer';

/** The driver has no codes for what it finds out by itself. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout (expired|exceeded)|Query read timeout)/;

// 08 connection exception, 57P01 to 57P03 shutting down, crashed and starting up, 25P03 and 57P05 idle for too long,
// 53300 too many connections.
const unreachableCodes =
  /^(08|57P0[1-35]|25P03|53300|E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NETDOWN|NOTFOUND|AI_AGAIN)$)/;

/** The server cannot be reached or has ended the connection. It may come back, so trying again makes sense. */
export const isUnreachable = (error: unknown): boolean =>
  unreachableCodes.test(codeOf(error)) ||
  (error instanceof Error && codeOf(error) === '' && lostConnection.test(error.message));

// A server that is stopped or killed, and what stands before one, such as a container's port, close what they accepted.
const closedDuringHandshake = (error: unknown): boolean =>
  /^(ECONNRESET|EPIPE)$/.test(codeOf(error)) ||
  (error instanceof Error && codeOf(error) === '' && error.message.startsWith('Connection terminated unexpectedly'));

/**
 * Judges the failures of one start: whether the server is waited for. It is if it says that it is starting or stopping, or
 * closes a connection while it is made; from then on also while it refuses connections, as one does that is started again.
 * Where nobody has answered at all, the address is likelier to be wrong, and that is told at once.
 */
export function newStartupRetryPolicy(): (error: unknown) => boolean {
  let wasThere = false;
  return (error) => {
    wasThere ||= /^57P0[1-3]$/.test(codeOf(error)) || closedDuringHandshake(error);
    return wasThere && isUnreachable(error);
  };
}

/** What keeps a program from its tables, by what can be done about it. */
export type ServerProblem =
  | 'AWAY'
  | 'NO_RIGHTS'
  | 'NOT_LET_IN'
  | 'NO_HANDSHAKE'
  | 'READ_ONLY'
  | 'DISK_FULL'
  | 'LOCKED'
  | 'TABLES_GONE'
  | 'FILES_DAMAGED'
  | 'NO_CERTIFICATES'
  | 'NOT_TRUSTED';

const problems: readonly (readonly [RegExp, ServerProblem])[] = [
  [/^42501/, 'NO_RIGHTS'],
  [/^(28|3D000)/, 'NOT_LET_IN'],
  [/^25006/, 'READ_ONLY'],
  [/^53100/, 'DISK_FULL'],
  // Who gives way where two wait for each other has waited in vain too.
  [/^(55P03|40P01)/, 'LOCKED'],
  [/^(42P01|42703|42883|3F000)/, 'TABLES_GONE'],
  [/^(XX001|XX002)/, 'FILES_DAMAGED'],
  [/^(ENOENT|EACCES|EISDIR)$/, 'NO_CERTIFICATES'],
  [/(CERT|TLS|SSL|SIGNATURE)/, 'NOT_TRUSTED'],
];

/** The driver knows these by their words alone. */
const handshakeRefusals =
  /^(SASL|The server does not support SSL|There was an error establishing an SSL|Unknown authenticationOk|Server does not support)/;

/** Null: the error is about something else. */
export function serverProblemOf(error: unknown): ServerProblem | null {
  if (isUnreachable(error)) return 'AWAY';
  const [, problem] = problems.find(([pattern]) => pattern.test(codeOf(error))) ?? [];
  if (problem !== undefined) return problem;
  return error instanceof Error && handshakeRefusals.test(error.message) ? 'NO_HANDSHAKE' : null;
}

/** Whether the server answered, and with an error. */
export const isServerError = (error: unknown): boolean => error instanceof DatabaseError;

// 22 data exception, 23 integrity constraint violation, 54000 too large for an index.
/** Whether the server refused the data that it was given, which it would do again. */
export const isRefusedData = (error: unknown): boolean => /^(22|23|54000)/.test(codeOf(error));

/** Whether a statement may have been planned before the columns of its tables were changed: the code stands for more. */
export const mayBeOutdatedPlan = (error: unknown): boolean => codeOf(error) === '0A000';

import { DatabaseError } from 'pg';

/** The SQLSTATE, or the code of Node.js for a failure below SQL. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The message of the server or of the operating system. */
export const messageOf = (error: unknown): string =>
  // Several addresses of one host were tried. The last failure says as much as all of them.
  (error instanceof AggregateError ? messageOf(error.errors.at(-1)) : error instanceof Error && error.message) ||
  'no answer';

/** The driver's own errors have no codes. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout (expired|exceeded)|Query read timeout)/;

// 08 connection exception, 57P01 to 57P03 shutting down, crashed and starting up, 25P03 and 57P05 idle for too long,
// 53300 too many connections.
const unreachableCodes =
  /^(08|57P0[1-35]|25P03|53300|E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NETDOWN|NOTFOUND|AI_AGAIN)$)/;

/** The server cannot be reached or has ended the connection. Another attempt may succeed. */
export const isUnreachable = (error: unknown): boolean =>
  unreachableCodes.test(codeOf(error)) ||
  (error instanceof Error && codeOf(error) === '' && lostConnection.test(error.message));

// A server that stops, and a proxy before one, such as a container's port, close connections that they accepted.
const closedDuringHandshake = (error: unknown): boolean =>
  /^(ECONNRESET|EPIPE)$/.test(codeOf(error)) ||
  (error instanceof Error && codeOf(error) === '' && error.message.startsWith('Connection terminated unexpectedly'));

/**
 * Whether the start of a program waits for the server. It does once the server says that it is starting or stopping,
 * or closes a connection during the handshake; from then on also while the server refuses connections, as during a
 * restart. If no server has ever answered, the address is likely wrong, and the start fails at once.
 */
export function newStartupRetryPolicy(): (error: unknown) => boolean {
  let wasThere = false;
  return (error) => {
    wasThere ||= /^57P0[1-3]$/.test(codeOf(error)) || closedDuringHandshake(error);
    return wasThere && isUnreachable(error);
  };
}

/** Why the program cannot use its tables, by what can be done about it. */
export type ServerProblem =
  | 'UNREACHABLE'
  | 'MISSING_RIGHTS'
  | 'ACCESS_DENIED'
  | 'HANDSHAKE_FAILED'
  | 'READ_ONLY'
  | 'DISK_FULL'
  | 'LOCK_TIMEOUT'
  | 'MISSING_TABLES'
  | 'DAMAGED_FILES'
  | 'UNREADABLE_CERTIFICATES'
  | 'UNTRUSTED';

const problems: readonly (readonly [RegExp, ServerProblem])[] = [
  [/^42501/, 'MISSING_RIGHTS'],
  [/^(28|3D000)/, 'ACCESS_DENIED'],
  [/^25006/, 'READ_ONLY'],
  [/^53100/, 'DISK_FULL'],
  // A transaction that lost a deadlock has waited in vain too.
  [/^(55P03|40P01)/, 'LOCK_TIMEOUT'],
  [/^(42P01|42703|42883|3F000)/, 'MISSING_TABLES'],
  [/^(XX001|XX002)/, 'DAMAGED_FILES'],
  [/^(ENOENT|EACCES|EISDIR)$/, 'UNREADABLE_CERTIFICATES'],
  [/(CERT|TLS|SSL|SIGNATURE)/, 'UNTRUSTED'],
];

/** The driver's messages without codes for these. */
const handshakeRefusals =
  /^(SASL|The server does not support SSL|There was an error establishing an SSL|Unknown authenticationOk|Server does not support)/;

/** The problem that the error stands for; null when it is about something else. */
export function serverProblemOf(error: unknown): ServerProblem | null {
  if (isUnreachable(error)) return 'UNREACHABLE';
  const [, problem] = problems.find(([pattern]) => pattern.test(codeOf(error))) ?? [];
  if (problem !== undefined) return problem;
  return error instanceof Error && handshakeRefusals.test(error.message) ? 'HANDSHAKE_FAILED' : null;
}

/** Whether the server answered, and with an error. */
export const isServerError = (error: unknown): boolean => error instanceof DatabaseError;

// 22 data exception, 23 integrity constraint violation, 54000 too large for an index.
/** Whether the server refused the data itself, which it would do again. */
export const isRefusedData = (error: unknown): boolean => /^(22|23|54000)/.test(codeOf(error));

/**
 * Whether a statement may have been planned before the columns of its tables changed. The code has other meanings
 * too.
 */
export const mayBeOutdatedPlan = (error: unknown): boolean => codeOf(error) === '0A000';

import type { IncomingMessage } from 'node:http';
import type { RequestCredentials } from '../request-credentials.js';

/** The result of a successful authentication: how long the connection may stay open. */
export interface ConnectionAuthentication {
  /** The instant at which the connection is closed; null for no limit. */
  readonly expiresAt: Date | null;
}

/** Decides whether a connection may be opened; null means that its credentials are refused. It throws only on our own failures. */
export type AuthenticateConnection = (credentials: RequestCredentials) => Promise<ConnectionAuthentication | null>;

export const acceptAnonymous: AuthenticateConnection = async () => ({ expiresAt: null });

/** Browsers cannot set headers on a WebSocket: they send the token as a parameter of the connection, and that one counts. */
export const credentialsOf = (
  parameters: Readonly<Record<string, unknown>> | undefined,
  { headersDistinct }: IncomingMessage,
): RequestCredentials => {
  const given = parameters?.['authorization'] ?? parameters?.['Authorization'];
  const authorization = typeof given === 'string' ? [given] : headersDistinct['authorization'];
  return { raw: { headersDistinct: { authorization } } };
};

/** The longest delay that setTimeout takes: about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Calls back at an instant, also one that is more than 24 days away, unless it is cancelled before. */
export const callAt = (instant: Date, callback: () => void): { cancel(): void } => {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const remainingMs = instant.getTime() - Date.now();
    timer =
      remainingMs > MAX_TIMER_MS ? setTimeout(wait, MAX_TIMER_MS) : setTimeout(callback, Math.max(0, remainingMs));
    timer.unref();
  };
  wait();
  return { cancel: () => clearTimeout(timer) };
};

import type { IncomingMessage } from 'node:http';
import type { Asking } from '../asking.js';

/** Leave to open a connection. */
export interface Admission {
  /** The instant at which the connection is closed; null: whenever its client likes. */
  readonly expiresAt: Date | null;
}

/** Judges who asks for a connection; null: refused. What it throws is an error of our own. */
export type Admit = (asking: Asking) => Promise<Admission | null>;

export const admitEverybody: Admit = async () => ({ expiresAt: null });

/** Browsers cannot set headers on a WebSocket: they send the token as a parameter of the connection, and that one counts. */
export const askingOf = (
  parameters: Readonly<Record<string, unknown>> | undefined,
  { headersDistinct }: IncomingMessage,
): Asking => {
  const given = parameters?.['authorization'] ?? parameters?.['Authorization'];
  const authorization = typeof given === 'string' ? [given] : headersDistinct['authorization'];
  return { raw: { headersDistinct: { authorization } } };
};

/** The longest that a timer can be set for, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1;

/** Calls back at an instant, however far away, unless it is cancelled before. */
export const callAt = (instant: Date, callback: () => void): { cancel(): void } => {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = instant.getTime() - Date.now();
    timer = left > LONGEST ? setTimeout(wait, LONGEST) : setTimeout(callback, Math.max(0, left));
    timer.unref();
  };
  wait();
  return { cancel: () => clearTimeout(timer) };
};

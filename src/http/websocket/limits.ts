/** What WebSockets may cost us. */
export interface SocketLimits {
  /** Open at one time, over all clients. */
  readonly connections: number;
  /** Operations at one time on one connection. */
  readonly operations: number;
  /** Of one message that a client sends, in bytes. */
  readonly payloadBytes: number;
  /** Bytes waiting to be sent on one connection from which on nothing more is fetched for it. */
  readonly bufferedBytes: number;
  /** How long a message may wait to be taken, in milliseconds; then the client is too slow. */
  readonly patience: number;
  /** How long a client may take to say who it is, in milliseconds. */
  readonly initTimeout: number;
  /** Milliseconds between two pings. Who has not answered one by the next is gone. */
  readonly keepAlive: number;
  /** How long a client may take to answer a close, in milliseconds; then the connection is cut. */
  readonly closeTimeout: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  connections: 1_000,
  operations: 32,
  payloadBytes: 1_048_576,
  bufferedBytes: 1_048_576,
  patience: 15_000,
  initTimeout: 5_000,
  keepAlive: 20_000,
  closeTimeout: 5_000,
};

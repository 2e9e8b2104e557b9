/** What WebSockets may use of the server. */
export interface SocketLimits {
  /** Connections open at one time, over all clients. */
  readonly maxConnections: number;
  /** Operations at one time on one connection. */
  readonly maxOperations: number;
  /** Size of one message that a client sends. */
  readonly maxPayloadBytes: number;
  /** Bytes waiting to be sent on one connection. Above this number nothing more is fetched for that connection. */
  readonly maxBufferedBytes: number;
  /** How long a message may wait to be sent. After that the client counts as a slow consumer. */
  readonly sendTimeoutMs: number;
  /** How long a client may take to send connection_init. */
  readonly initTimeoutMs: number;
  /** Time between two pings. A client that has not answered one ping by the next is cut off. */
  readonly pingIntervalMs: number;
  /** How long a client may take to answer a close frame. After that the connection is cut. */
  readonly closeTimeoutMs: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  maxConnections: 1_000,
  maxOperations: 32,
  maxPayloadBytes: 1_048_576,
  maxBufferedBytes: 1_048_576,
  sendTimeoutMs: 15_000,
  initTimeoutMs: 5_000,
  pingIntervalMs: 20_000,
  closeTimeoutMs: 5_000,
};

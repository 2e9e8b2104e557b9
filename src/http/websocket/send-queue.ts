import type { WebSocket } from 'ws';
import type { SocketLimits } from './limits.js';

/** Sends the messages of one connection, and makes producers wait while the client reads more slowly than they produce. */
export interface SendQueue {
  /** So many bytes wait to be sent that no message should be added. */
  readonly isFull: boolean;
  /** Settles when the queue has room for another message, or the connection is closed. */
  waitForRoom(): Promise<void>;
  /** Settles when the message was handed to the network, or the connection is closed. */
  send(message: string): Promise<void>;
}

/** @param onTimeout called when a message was not sent within the limit's sendTimeoutMs */
export const newSendQueue = (
  socket: WebSocket,
  { maxBufferedBytes, sendTimeoutMs }: SocketLimits,
  onTimeout: () => void,
): SendQueue => {
  const waitingForRoom = new Set<() => void>();
  const sending = new Set<() => void>();
  const isOpen = (): boolean => socket.readyState === socket.OPEN;
  const isFull = (): boolean => socket.bufferedAmount > maxBufferedBytes;
  const settle = (waiting: Set<() => void>): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  socket.once('close', () => {
    settle(sending);
    settle(waitingForRoom);
  });

  return {
    get isFull() {
      return isFull();
    },
    async waitForRoom() {
      while (isOpen() && isFull()) await new Promise<void>((resolve) => waitingForRoom.add(resolve));
    },
    async send(message) {
      if (!isOpen()) return;
      const timeout = setTimeout(onTimeout, sendTimeoutMs);
      await new Promise<void>((resolve) => {
        sending.add(resolve);
        socket.send(message, () => {
          sending.delete(resolve);
          resolve();
        });
      });
      clearTimeout(timeout);
      if (!isFull()) settle(waitingForRoom);
    },
  };
};

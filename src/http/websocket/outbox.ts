import type { WebSocket } from 'ws';
import type { SocketLimits } from './limits.js';

/** The way out of one connection. What cannot leave yet holds up whoever has more to send. */
export interface Outbox {
  /** So much is waiting to be taken that nothing should be added. */
  readonly isFull: boolean;
  /** Settles when nothing is in the way of another message, or none can be sent any more. */
  room(): Promise<void>;
  /** Settles when the message has been taken, or never will be. */
  send(message: string): Promise<void>;
}

/** @param onSlow called when a message has waited too long to be taken */
export const newOutbox = (socket: WebSocket, { bufferedBytes, patience }: SocketLimits, onSlow: () => void): Outbox => {
  // Those who wait for room, and those whose message is on its way.
  const waiting = new Set<() => void>();
  const sending = new Set<() => void>();
  const isOpen = (): boolean => socket.readyState === socket.OPEN;
  const isFull = (): boolean => socket.bufferedAmount > bufferedBytes;
  const release = (those: Set<() => void>): void => {
    for (const go of those) go();
    those.clear();
  };
  socket.once('close', () => {
    release(sending);
    release(waiting);
  });

  return {
    get isFull() {
      return isFull();
    },
    async room() {
      while (isOpen() && isFull()) await new Promise<void>((resolve) => waiting.add(resolve));
    },
    async send(message) {
      if (!isOpen()) return;
      const late = setTimeout(onSlow, patience);
      await new Promise<void>((resolve) => {
        sending.add(resolve);
        socket.send(message, () => {
          sending.delete(resolve);
          resolve();
        });
      });
      clearTimeout(late);
      if (!isFull()) release(waiting);
    },
  };
};

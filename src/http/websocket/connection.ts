import type { IncomingMessage } from 'node:http';
import type { FormattedExecutionResult } from 'graphql';
import { makeServer, type ServerOptions } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { presentError } from '../errors.js';
import { askingOf, callAt } from './admission.js';
import { SourceFailed, subscribeAfresh, type Answers } from './answers.js';
import { beginOperation, refused } from './begin.js';
import { CLOSE, fittingReason, tooSlow, type Closing } from './close.js';
import { newDelivery } from './delivery.js';
import type { ConnectionOptions } from './options.js';
import { newOutbox } from './outbox.js';

export interface Connection {
  close(closing: Closing): void;
  /** Resolves when it is closed and nothing is fetched for it any more. */
  readonly over: Promise<void>;
}

/**
 * Serves one connection by the protocol graphql-transport-ws, until it is closed. Its operations pass the checks that HTTP
 * requests pass, and their errors are shown in the same way.
 */
export const openConnection = (socket: WebSocket, request: IncomingMessage, options: ConnectionOptions): Connection => {
  const { contextFor, admit, limits, logger } = options;
  const delivery = newDelivery();
  let asking = askingOf(undefined, request);
  let expiry: { cancel(): void } | undefined;
  let ended: Promise<void> | undefined;

  const close = ({ code, reason }: Closing): void => {
    if (socket.readyState !== socket.OPEN) return;
    logger.debug({ code, reason }, 'Closing a WebSocket');
    socket.close(code, fittingReason(reason));
    // What is still being fetched for it would go nowhere. If it cannot be ended, `over` tells.
    queueMicrotask(() => void end(code, reason).catch(() => undefined));
  };
  const outbox = newOutbox(socket, limits, () => {
    const closing = tooSlow(delivery.resumeAfter);
    logger.info({ ...closing, bufferedBytes: socket.bufferedAmount }, 'Closing the WebSocket of a slow consumer');
    close(closing);
  });

  const isAdmitted = async (parameters: Readonly<Record<string, unknown>> | undefined): Promise<boolean> => {
    asking = askingOf(parameters, request);
    const admission = await admit(asking);
    if (!admission) close(CLOSE.unauthorized);
    else if (admission.expiresAt) expiry = callAt(admission.expiresAt, () => close(CLOSE.expired));
    return admission !== null;
  };

  const hooks: ServerOptions = {
    connectionInitWaitTimeout: limits.initTimeout,
    onConnect: ({ connectionParams }) => isAdmitted(connectionParams),
    onSubscribe({ subscriptions }, _id, payload) {
      const open = Object.keys(subscriptions).length;
      if (open <= limits.operations) return beginOperation(payload, asking, options);
      // Who goes on regardless does not read what it is told.
      if (open > 2 * limits.operations) close(CLOSE.tooManyOperations);
      const say = `A connection can have ${limits.operations} operations at one time. Complete one, or open another connection.`;
      return [refused(say, 'TOO_MANY_OPERATIONS')];
    },
    subscribe: (args) => subscribeAfresh(args, () => contextFor(asking)),
    onOperation(_context, id, _payload, _args, result) {
      if ('resumeAfter' in result) delivery.begun(id, result as Answers);
    },
    async onNext(_context, id, _payload, _args, { errors, ...result }) {
      await outbox.room();
      delivery.delivered(id);
      if (errors === undefined) return undefined;
      return { ...result, errors: errors.map((error) => presentError(error, logger)) } as FormattedExecutionResult;
    },
    async onError(_context, _id, _payload, errors) {
      await outbox.room();
      const causeOf = ({ originalError }: Error & { readonly originalError: unknown }): unknown =>
        originalError instanceof SourceFailed ? originalError.cause : undefined;
      return errors.map((error) => presentError(causeOf(error) ?? error, logger));
    },
    onComplete: (_context, id) => delivery.over(id),
  };

  const release = makeServer(hooks).opened(
    {
      protocol: socket.protocol,
      send: outbox.send,
      close: (code = CLOSE.internalError.code, reason = '') => close({ code, reason }),
      onMessage(handle) {
        socket.on('message', (data) => {
          if (socket.readyState !== socket.OPEN) return;
          // Sockets are left at giving all that comes as a Buffer.
          handle((data as Buffer).toString()).catch((error: unknown) => {
            logger.error({ err: error }, 'A message on a WebSocket could not be handled');
            close(CLOSE.internalError);
          });
        });
      },
      // Who does not read its answers does not get more of them.
      onPing: async (payload) => {
        if (!outbox.isFull) await outbox.send(JSON.stringify({ type: 'pong', payload }));
      },
    },
    undefined,
  );
  const end = (code: number, reason: string): Promise<void> => {
    expiry?.cancel();
    return (ended ??= release(code, reason));
  };

  socket.on('ping', (data) => {
    if (!outbox.isFull) socket.pong(data);
  });
  // It closes the connection by itself, with the code that the fault asks for.
  socket.on('error', (error) => logger.debug({ err: error }, 'A WebSocket failed'));

  const over = new Promise<void>((resolve, reject) => {
    socket.once('close', (code, reason) => void end(code, reason.toString()).then(resolve, reject));
  });
  return { close, over };
};

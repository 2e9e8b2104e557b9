import type { IncomingMessage } from 'node:http';
import type { FormattedExecutionResult } from 'graphql';
import { makeServer, type ServerOptions } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { codedError } from '../coded-error.js';
import { presentError } from '../errors.js';
import { callAt, credentialsOf } from './authentication.js';
import { SourceFailedError, subscribeWithFreshContexts, type SubscriptionResults } from './subscription-results.js';
import { prepareOperation } from './prepare-operation.js';
import { CLOSE_REASONS, truncateReason, slowConsumer, type CloseReason } from './close-reasons.js';
import { newDeliveryTracker } from './delivery.js';
import type { ConnectionOptions } from './connection-options.js';
import { newSendQueue } from './send-queue.js';

export interface Connection {
  close(closing: CloseReason): void;
  /** Resolves when the connection is closed and all its operations have ended. */
  readonly closed: Promise<void>;
}

/**
 * Serves one connection by the protocol graphql-transport-ws, until it is closed. Its operations pass the checks that HTTP
 * requests pass, and their errors are shown in the same way.
 */
export const openConnection = (socket: WebSocket, request: IncomingMessage, options: ConnectionOptions): Connection => {
  const { contextFor, authenticateConnection, limits, logger } = options;
  const delivery = newDeliveryTracker();
  let credentials = credentialsOf(undefined, request);
  let expiry: { cancel(): void } | undefined;
  let ended: Promise<void> | undefined;

  const close = ({ code, reason }: CloseReason): void => {
    if (socket.readyState !== socket.OPEN) return;
    logger.debug({ code, reason }, 'CloseReason a WebSocket');
    socket.close(code, truncateReason(reason));
    // End the operations now: their results cannot be sent any more. A failure to do so is reported by `closed`.
    queueMicrotask(() => void end(code, reason).catch(() => undefined));
  };
  const sendQueue = newSendQueue(socket, limits, () => {
    const reason = slowConsumer(delivery.resumeAfter);
    logger.info({ ...reason, bufferedBytes: socket.bufferedAmount }, 'CloseReason the WebSocket of a slow consumer');
    close(reason);
  });

  const authenticate = async (parameters: Readonly<Record<string, unknown>> | undefined): Promise<boolean> => {
    credentials = credentialsOf(parameters, request);
    const authentication = await authenticateConnection(credentials);
    if (!authentication) close(CLOSE_REASONS.unauthorized);
    else if (authentication.expiresAt) expiry = callAt(authentication.expiresAt, () => close(CLOSE_REASONS.expired));
    return authentication !== null;
  };

  const hooks: ServerOptions = {
    connectionInitWaitTimeout: limits.initTimeoutMs,
    onConnect: ({ connectionParams }) => authenticate(connectionParams),
    onSubscribe({ subscriptions }, _id, payload) {
      const open = Object.keys(subscriptions).length;
      if (open <= limits.maxOperations) return prepareOperation(payload, credentials, options);
      // A client that goes on opening operations does not read its errors.
      if (open > 2 * limits.maxOperations) close(CLOSE_REASONS.tooManyOperations);
      const message = `A connection can have ${limits.maxOperations} operations at one time. Complete one, or open another connection.`;
      return [codedError(message, 'TOO_MANY_OPERATIONS')];
    },
    subscribe: (args) => subscribeWithFreshContexts(args, () => contextFor(credentials)),
    onOperation(_context, id, _payload, _args, result) {
      if ('resumeAfter' in result) delivery.started(id, result as SubscriptionResults);
    },
    async onNext(_context, id, _payload, _args, { errors, ...result }) {
      await sendQueue.waitForRoom();
      delivery.delivered(id);
      if (errors === undefined) return undefined;
      return { ...result, errors: errors.map((error) => presentError(error, logger)) } as FormattedExecutionResult;
    },
    async onError(_context, _id, _payload, errors) {
      await sendQueue.waitForRoom();
      const causeOf = ({ originalError }: Error & { readonly originalError: unknown }): unknown =>
        originalError instanceof SourceFailedError ? originalError.cause : undefined;
      return errors.map((error) => presentError(causeOf(error) ?? error, logger));
    },
    onComplete: (_context, id) => delivery.ended(id),
  };

  const release = makeServer(hooks).opened(
    {
      protocol: socket.protocol,
      send: sendQueue.send,
      close: (code = CLOSE_REASONS.internalError.code, reason = '') => close({ code, reason }),
      onMessage(handle) {
        socket.on('message', (data) => {
          if (socket.readyState !== socket.OPEN) return;
          // The socket's binaryType is the default, so each message is a Buffer.
          handle((data as Buffer).toString()).catch((error: unknown) => {
            logger.error({ err: error }, 'A message on a WebSocket could not be handled');
            close(CLOSE_REASONS.internalError);
          });
        });
      },
      // A client that does not read its pongs does not get more of them.
      onPing: async (payload) => {
        if (!sendQueue.isFull) await sendQueue.send(JSON.stringify({ type: 'pong', payload }));
      },
    },
    undefined,
  );
  const end = (code: number, reason: string): Promise<void> => {
    expiry?.cancel();
    return (ended ??= release(code, reason));
  };

  socket.on('ping', (data) => {
    if (!sendQueue.isFull) socket.pong(data);
  });
  // ws closes the connection itself, with the code that fits the error.
  socket.on('error', (error) => logger.debug({ err: error }, 'A WebSocket failed'));

  const closed = new Promise<void>((resolve, reject) => {
    socket.once('close', (code, reason) => void end(code, reason.toString()).then(resolve, reject));
  });
  return { close, closed };
};

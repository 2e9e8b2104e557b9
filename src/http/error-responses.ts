import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, onSendAsyncHookHandler } from 'fastify';
import type { Logger } from 'pino';
import { maskError } from './errors.js';
import { MAX_BODY_BYTES } from './limits.js';

/** Answers with an error in the form of a GraphQL answer, for a request that GraphQL does not get to see. */
export const sendError = (reply: FastifyReply, status: number, code: string, message: string): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ errors: [{ message, extensions: { code } }] });

const sendRequestError = (error: FastifyError, reply: FastifyReply, status: number): FastifyReply => {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return sendError(reply, 413, 'PAYLOAD_TOO_LARGE', `A request's body can be at most ${MAX_BODY_BYTES} bytes.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return sendError(reply, 415, 'UNSUPPORTED_MEDIA_TYPE', 'Send GraphQL as content-type application/json.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return sendError(reply, 400, 'BAD_REQUEST', 'Invalid JSON in the body: send an object like {"query": "{ … }"}.');
    default:
      return sendError(reply, status, 'BAD_REQUEST', error.message);
  }
};

/** Adds the authentication scheme to every 401 (RFC 9110, 11.6.1). */
export const challengeBearer: onSendAsyncHookHandler = async (_request, reply, payload) => {
  if (reply.statusCode === 401) reply.header('www-authenticate', 'Bearer');
  return payload;
};

/** Answers with JSON errors where no route does: unknown addresses, bodies that cannot be read, and internal errors. */
export const handleErrors = (app: FastifyInstance, logger: Logger): void => {
  app.setNotFoundHandler((request, reply) =>
    sendError(
      reply,
      404,
      'NOT_FOUND',
      `Nothing answers ${request.method} ${request.url.split('?')[0]}; the API is at /graphql.`,
    ),
  );
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return sendRequestError(error, reply, status);
    return reply
      .code(500)
      .header('cache-control', 'no-store')
      .send({ errors: [maskError(error, logger)] });
  });
};

/** Refuses a Host header that cannot be part of a URL: Apollo Server is given the whole URL of the request. */
export const rejectInvalidHost = async (
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> =>
  URL.canParse(request.url, `${request.protocol}://${request.hostname}/`)
    ? undefined
    : sendError(reply, 400, 'BAD_REQUEST', 'The address or the Host header is not valid.');

/** Answers 405 to a method that an address does not serve, with those that it serves (RFC 9110, 15.5.6). */
export const rejectMethod =
  (methods: readonly string[]) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const allow = methods.join(', ');
    reply.header('allow', allow);
    return sendError(reply, 405, 'METHOD_NOT_ALLOWED', `Not ${request.method}, but ${allow} are served here.`);
  };

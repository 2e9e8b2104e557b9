import { createHash } from 'node:crypto';
import type { onSendAsyncHookHandler } from 'fastify';
import { NO_STORE } from './cache.js';

/** A strong ETag. One URL has several representations, by content type, and each of them has a tag of its own. */
const etagOf = (contentType: string, body: string | Buffer): string =>
  `"${createHash('sha256').update(`${contentType}\n`).update(body).digest('base64url')}"`;

/** Whether the client already has the representation with this tag: If-None-Match compares weakly (RFC 9110, 13.1.2). */
export const matchesETag = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));

/** The headers that describe a body, which a 304 does not have. */
const REPRESENTATION_HEADERS = ['content-type', 'content-length', 'content-disposition', 'x-content-type-options'];

/**
 * Gives every answer to a GET that may be stored an ETag, and answers 304 where the client has that representation already.
 * An answer without a Cache-Control is not to be stored.
 */
export const conditionalGet: onSendAsyncHookHandler = async (request, reply, payload) => {
  if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', NO_STORE);
  if ((request.method !== 'GET' && request.method !== 'HEAD') || reply.statusCode !== 200) return payload;
  if (reply.getHeader('cache-control') === NO_STORE) return payload;
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  const etag = etagOf(String(reply.getHeader('content-type')), payload);
  reply.header('etag', etag);
  if (!matchesETag(request.headers['if-none-match'], etag)) return payload;
  reply.code(304);
  for (const name of REPRESENTATION_HEADERS) reply.removeHeader(name);
  // The handler that Fastify adds to HEAD routes fails on null.
  return request.method === 'HEAD' ? '' : null;
};

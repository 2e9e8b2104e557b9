import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import type { onSendAsyncHookHandler } from 'fastify';
import type { DocumentNode } from 'graphql';
import { rootFieldsOf } from './root-fields.js';

/** What a part of an answer depends on: a pinned moment, which never changes, or the head of the log, which moves on. */
export type CacheDependency = 'PINNED' | 'HEAD';

/** Whom a kept answer may be given to. With ASKER every asker is judged anew, each time: nobody else gets it, nor they unasked. */
export type Audience = 'EVERYBODY' | 'ASKER';

/** Collects what the parts of one answer depend on, while they are resolved. */
export interface Caching {
  dependsOn(dependence: CacheDependency): void;
  /** Something was pinned and nothing depends on the head. */
  readonly pinned: boolean;
  readonly audience: Audience;
}

/** Every context has one, for its own request only. */
export interface CachingContext {
  readonly caching: Caching;
}

export const newCaching = (audience: Audience = 'EVERYBODY'): Caching => {
  const seen = new Set<CacheDependency>();
  return {
    audience,
    dependsOn: (dependence) => void seen.add(dependence),
    get pinned() {
      return seen.has('PINNED') && !seen.has('HEAD');
    },
  };
};

const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';
const REVALIDATE_IN_PRIVATE = 'private, no-cache';
export const NO_STORE = 'no-store';

/**
 * The Cache-Control of an answer without errors. It is immutable when it is pinned and all the root fields asked for are
 * among `momentFields`, those that are known to say what they depend on: a field that forgets to costs a cache hit, never
 * a wrong answer for a year.
 */
export const cacheControlFor = (
  { pinned, audience }: Caching,
  documents: readonly DocumentNode[],
  momentFields: ReadonlySet<string>,
  operationName?: string,
): string => {
  if (audience === 'ASKER') return REVALIDATE_IN_PRIVATE;
  const known = (name: string): boolean => name === '__typename' || momentFields.has(name);
  return pinned && documents.every((document) => [...rootFieldsOf(document, operationName)].every(known))
    ? IMMUTABLE
    : REVALIDATE;
};

/** Sets Cache-Control on every GraphQL answer. */
export const cachePlugin = (momentFields: ReadonlySet<string>): ApolloServerPlugin<CachingContext> => ({
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, document, operationName, response }) {
        const { body, http } = response;
        const failed = body.kind !== 'single' || (body.singleResult.errors?.length ?? 0) > 0;
        const rule =
          failed || document === undefined
            ? NO_STORE
            : cacheControlFor(contextValue.caching, [document], momentFields, operationName ?? undefined);
        http.headers.set('cache-control', rule);
        // The content type follows the Accept header.
        http.headers.set('vary', 'accept');
      },
    };
  },
});

/** Whether the client has that answer already. RFC 9110, 13.1.2: If-None-Match compares weakly. */
export const matchesETag = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));

/** Answers a GET with a strong ETag, and with 304 where the client has that answer already. What has no rule is not kept. */
export const conditionalGet: onSendAsyncHookHandler = async (request, reply, payload) => {
  if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', NO_STORE);
  if (request.method !== 'GET' || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
  if (reply.getHeader('cache-control') === NO_STORE) return payload;
  // One URL has several representations, by content type; a strong validator tells them apart.
  const hash = createHash('sha256').update(`${String(reply.getHeader('content-type'))}\n${payload}`);
  const etag = `"${hash.digest('base64url')}"`;
  reply.header('etag', etag);
  if (!matchesETag(request.headers['if-none-match'], etag)) return payload;
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return null;
};

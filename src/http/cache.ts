import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { rootFieldsOf } from './root-fields.js';

/** What a part of an answer depends on: a pinned moment, which never changes, or the head of the log, which grows. */
export type CacheDependency = 'PINNED' | 'HEAD';

/**
 * Who may be given a stored answer. PRIVATE: only the client that asked, and only after the server has authenticated that
 * client again.
 */
export type CacheScope = 'PUBLIC' | 'PRIVATE';

/** Collects what the parts of one answer depend on, while the parts are resolved. */
export interface Caching {
  dependsOn(dependence: CacheDependency): void;
  /** A part depends on a pinned moment, and no part depends on the head. */
  readonly pinned: boolean;
  readonly scope: CacheScope;
}

/** Every context has one, for its own request only. */
export interface CachingContext {
  readonly caching: Caching;
}

export const newCaching = (scope: CacheScope = 'PUBLIC'): Caching => {
  const dependencies = new Set<CacheDependency>();
  return {
    scope,
    dependsOn: (dependence) => void dependencies.add(dependence),
    get pinned() {
      return dependencies.has('PINNED') && !dependencies.has('HEAD');
    },
  };
};

/** For what has the same content for ever at its address. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';
/** For what may be stored, and has to be revalidated before it is used again. */
export const REVALIDATE = 'no-cache';
const REVALIDATE_IN_PRIVATE = 'private, no-cache';
/** For what must not be stored. */
export const NO_STORE = 'no-store';

/**
 * The Cache-Control of an answer without errors. The answer is immutable when it is pinned and all its root fields are among
 * `momentFields`, the fields that are known to declare their dependencies. Other fields may not declare them, so their
 * answers are revalidated each time.
 */
export const cacheControlFor = (
  { pinned, scope }: Caching,
  documents: readonly DocumentNode[],
  momentFields: ReadonlySet<string>,
  operationName?: string,
): string => {
  if (scope === 'PRIVATE') return REVALIDATE_IN_PRIVATE;
  const isDeclared = (name: string): boolean => name === '__typename' || momentFields.has(name);
  return pinned && documents.every((document) => [...rootFieldsOf(document, operationName)].every(isDeclared))
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

import type { FastifyReply, FastifyRequest } from 'fastify';
import { MAX_NESTING_DEPTH } from './limits.js';
import { sendError } from './error-responses.js';

// Strings and comments are matched so that brackets in them are skipped. The strings of JSON have the syntax of GraphQL's.
const SIGNIFICANT = /"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|[{[(]|[\])}]/g;

/**
 * How deep a GraphQL document, or a JSON text, nests: the sum of the depths of its definitions, because fragments can be
 * spread within one another.
 */
export const nestingDepthOf = (text: string): number => {
  let sum = 0;
  let deepest = 0;
  let depth = 0;
  for (const [token] of text.matchAll(SIGNIFICANT)) {
    if ('([{'.includes(token)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (')]}'.includes(token)) {
      depth = Math.max(depth - 1, 0);
      if (depth > 0) continue;
      sum += deepest;
      deepest = 0;
    }
  }
  return sum + deepest;
};

const children = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

const isDeeper = (value: unknown, limit: number): boolean => {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap(children);
  }
  return false;
};

/** Whether a text of GraphQL or JSON, or a value that was parsed from JSON, nests deeper than the limit. */
export const isNestedTooDeep = (part: unknown): boolean =>
  typeof part === 'string' ? nestingDepthOf(part) > MAX_NESTING_DEPTH : isDeeper(part, MAX_NESTING_DEPTH);

/** The error for a request that nests too deep; null for any other. The client may have sent a value of any type. */
export const nestingProblem = (query: unknown, variables: unknown): { code: string; message: string } | null =>
  isNestedTooDeep(query) || isNestedTooDeep(variables)
    ? {
        code: 'NESTED_TOO_DEEP',
        message: `A request can nest brackets ${MAX_NESTING_DEPTH} deep, all fragments together.`,
      }
    : null;

/** graphql-js parses, validates and coerces recursively: without a limit a request could exhaust the stack. */
export const rejectDeepNesting = async (
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> => {
  const operation = (request.method === 'GET' ? request.query : request.body) as
    | Record<string, unknown>
    | null
    | undefined;
  const problem = nestingProblem(operation?.['query'], operation?.['variables']);
  return problem ? sendError(reply, 400, problem.code, problem.message) : undefined;
};

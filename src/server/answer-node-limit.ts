import { RequestError } from '../time/request-error.js';

/**
 * How many nodes one answer may hold. The limit on requested nodes is checked before execution and cannot know how long a
 * timeline is. This limit is larger, because each of the 100,000 nodes that a request may ask for has parts.
 */
const MAX_ANSWER_NODES = 250_000;

/** Counts the nodes of one answer as they are resolved. @throws {RequestError} QUERY_TOO_LARGE when there are too many. */
export function newAnswerNodeCounter(): (nodeCount: number) => void {
  let remaining = MAX_ANSWER_NODES;
  return (nodeCount) => {
    remaining -= nodeCount;
    if (remaining >= 0) return;
    throw new RequestError(
      'QUERY_TOO_LARGE',
      'query',
      `The answer would hold more than ${MAX_ANSWER_NODES} nodes. Ask for smaller pages, or for less at a time.`,
    );
  };
}

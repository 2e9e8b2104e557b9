import { RequestProblem } from '../time/problem.js';

/**
 * What one answer may hold. The cost rule refuses what a document asks for; how long a timeline is, only the data tells. A
 * request may ask for at least 50,000 nodes: this leaves room for their parts.
 */
const MAX_NODES = 250_000;

/** Counts the nodes of one answer. @throws {RequestProblem} when there are too many. */
export function newBudget(): (nodes: number) => void {
  let left = MAX_NODES;
  return (nodes) => {
    left -= nodes;
    if (left >= 0) return;
    throw new RequestProblem(
      'QUERY_TOO_LARGE',
      'query',
      `The answer would hold more than ${MAX_NODES} nodes. Ask for smaller pages, or for less at a time.`,
    );
  };
}

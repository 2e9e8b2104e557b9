/** Of a request's body, in bytes. */
export const MAX_BODY_BYTES = 1_048_576;

/** Lexical tokens of one document. A page of 200 regions with everything in it takes a few hundred. */
export const MAX_TOKENS = 10_000;

/**
 * Selections of one operation with all fragments written out. A document without fragments cannot come near it; with
 * them, thirty lines can ask for billions.
 */
export const MAX_SELECTIONS = 20_000;

/** Brackets within brackets, in a document or in its variables; the stack holds about three times as many. */
export const MAX_NESTING_DEPTH = 500;

/** Nodes that one request may ask for in all; see cost.ts for what counts as one. */
export const MAX_REQUESTED_NODES = 100_000;

export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 200;

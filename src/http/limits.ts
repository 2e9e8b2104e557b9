/** The size of a request's body. */
export const MAX_BODY_BYTES = 1_048_576;

/** Lexical tokens of one document. A query for a page of 200 regions with all their fields has a few hundred. */
export const MAX_DOCUMENT_TOKENS = 10_000;

/**
 * Selections of one operation with all fragments written out. A document without fragments stays far below this limit; with
 * fragments within fragments, thirty lines can select billions of fields.
 */
export const MAX_SELECTIONS = 20_000;

/** Brackets within brackets, in a document or in its variables. The stack has room for about three times as many. */
export const MAX_NESTING_DEPTH = 500;

/** Nodes that one request may ask for in all; requested-nodes.ts says what counts as a node. */
export const MAX_REQUESTED_NODES = 100_000;

export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 200;

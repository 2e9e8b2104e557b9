/**
 * The part of a request that tells who sent it: its Authorization fields. A Fastify request has this form. An operation on a
 * WebSocket carries the token of its connection in the same form.
 */
export interface RequestCredentials {
  readonly raw: { readonly headersDistinct: { readonly authorization?: readonly string[] | undefined } };
}

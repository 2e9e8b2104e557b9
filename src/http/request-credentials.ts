/**
 * A request as far as its context is made from it: who asks is told by its Authorization fields. An HTTP request is one; an
 * operation of a WebSocket gives the token that came with the connection in the same form.
 */
export interface RequestCredentials {
  readonly raw: { readonly headersDistinct: { readonly authorization?: readonly string[] | undefined } };
}

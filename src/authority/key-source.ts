/** Where the public keys are that tokens are verified with: a JSON Web Key Set (RFC 7517). */
export type KeySource =
  | { readonly kind: 'URL'; readonly url: string }
  | { readonly kind: 'FILE'; readonly path: string };

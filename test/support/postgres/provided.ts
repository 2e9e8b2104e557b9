/** What the run has for the tests on PostgreSQL: a server, or the reason why there is none. */
export type Provided = { readonly url: string } | { readonly missing: string };

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: Provided;
  }
}

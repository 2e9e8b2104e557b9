/** An operation that shows what the API is for, on the history that comes with the product. */
export interface ExampleOperation {
  /** A GraphQL document with one named operation. */
  readonly query: string;
  /** The operation's variables, as JSON. */
  readonly variables?: string;
}

import type { GraphQLFormattedError } from 'graphql';

/** What a client gets. */
export interface Answer<T> {
  readonly data: T | null;
  readonly errors: readonly GraphQLFormattedError[];
}

export type Variables = Readonly<Record<string, unknown>>;

/** The codes of an answer's errors, in order. */
export const codesOf = ({ errors }: Answer<unknown>): unknown[] => errors.map(({ extensions }) => extensions?.['code']);

/** The data of an answer that must have no errors. */
export function dataOf<T>({ data, errors }: Answer<T>, document: string): T {
  if (data !== null && errors.length === 0) return data;
  throw new Error(`${JSON.stringify(errors, null, 2)}\nwas answered to\n${document}`);
}

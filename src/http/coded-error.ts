import { GraphQLError } from 'graphql';

/** An error that clients see as it is: presentError shows a GraphQLError that has a code. */
export const codedError = (message: string, code: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

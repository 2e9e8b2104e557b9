import { getNamedType, type GraphQLSchema } from 'graphql';

/** The input type of a moment. */
const MOMENT_INPUT = 'At';

/**
 * The names of the query fields that are asked for a moment: those with an argument of the type At. Their resolvers resolve
 * that moment through the context, which notes whether it is pinned, so their answers may be cached for ever.
 */
export const momentFieldsOf = (schema: GraphQLSchema): ReadonlySet<string> =>
  new Set(
    Object.values(schema.getQueryType()?.getFields() ?? {})
      .filter(({ args }) => args.some(({ type }) => getNamedType(type).name === MOMENT_INPUT))
      .map(({ name }) => name),
  );

import {
  isInputType,
  isNonNullType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Variables } from '../api-query.js';
import type { Calendar } from './known-at-day.js';
import { acceptedValues, readParameter } from './parameter-value.js';
import { badParameter, ExportRefusedError, type ClientError } from '../export-error.js';

interface Parameter {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly required: boolean;
}

/** The variables of the document, without those that stand in the path. */
const parametersOf = (document: DocumentNode, pathVariables: Variables, schema: GraphQLSchema): Parameter[] =>
  document.definitions
    .flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
    )
    .filter(({ variable }) => !Object.hasOwn(pathVariables, variable.name.value))
    .flatMap(({ variable, type: node, defaultValue }) => {
      const type = typeFromAST(schema, node);
      if (!isInputType(type)) return [];
      return [{ name: variable.name.value, type, required: isNonNullType(type) && defaultValue === undefined }];
    });

/**
 * The variables of an export's document, from the parameters of its URL. An export takes the parameters that its document has
 * variables for.
 * @throws {ExportRefusedError} with an error for each parameter at fault.
 */
export const readParameters = (
  document: DocumentNode,
  given: URLSearchParams,
  pathVariables: Variables,
  schema: GraphQLSchema,
  calendar: Calendar,
): Variables => {
  const parameters = parametersOf(document, pathVariables, schema);
  const names = parameters.map(({ name }) => name);
  const problems: ClientError[] = [...new Set(given.keys())]
    .filter((name) => !names.includes(name))
    .map((name) => badParameter(name, `There is no parameter '${name}'. This export takes: ${names.join(', ')}.`));
  const variables: Record<string, unknown> = { ...pathVariables };
  for (const { name, type, required } of parameters) {
    const [text, ...repeats] = given.getAll(name);
    if (repeats.length > 0) {
      problems.push(badParameter(name, `The parameter '${name}' is given ${repeats.length + 1} times; give it once.`));
    } else if (text !== undefined) {
      const read = readParameter(name, text, type, calendar);
      if (read.problems) problems.push(...read.problems);
      else variables[name] = read.value;
    } else if (required) {
      problems.push(badParameter(name, `The parameter '${name}' is missing. It takes ${acceptedValues(type)}.`));
    }
  }
  if (problems.length > 0) throw new ExportRefusedError(400, problems);
  return variables;
};

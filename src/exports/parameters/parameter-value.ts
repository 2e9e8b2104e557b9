import {
  coerceInputValue,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  type GraphQLInputType,
} from 'graphql';
import { MAX_NESTING_DEPTH } from '../../http/limits.js';
import { isNestedTooDeep } from '../../http/nesting.js';
import { withDays, type Calendar } from './known-at-day.js';
import { badParameter, type ClientError } from '../export-error.js';

/** A value for a GraphQL variable, or the errors for the client. */
export type ParameterValue =
  | { readonly value: unknown; readonly problems?: never }
  | { readonly problems: readonly ClientError[]; readonly value?: never };

/** By input type: the field that a plain word stands for. */
const shorthand: Readonly<Record<string, string>> = { Axis: 'scale' };

const examples: Readonly<Record<string, string>> = {
  Axis: 'the key of a scale, such as agreements, or JSON such as {"scale":"agreements"} or {"moments":[{"period":"2020-10"}]}',
  At: 'JSON such as {"period":"2020-10","asPublished":true} or {"asOf":"2020-10-31","knownAt":"2021-01-15"}',
  SubjectFilter: 'JSON such as {"where":[{"scale":"vision","in":["4","5"]}]}',
};

/** What a parameter of the type accepts; completes the sentence 'The parameter takes …'. */
export const acceptedValues = (type: GraphQLInputType): string => {
  const named = getNamedType(type);
  if (isEnumType(named))
    return `one of ${named
      .getValues()
      .map(({ name }) => name)
      .join(', ')}`;
  return examples[named.name] ?? (isLeafType(named) ? 'a plain word' : `a ${named.name} as JSON`);
};

const parse = (text: string): { readonly json: unknown } | null => {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
};

/** The text of a parameter as a JSON value; null where it is none. */
const jsonOf = (text: string, type: GraphQLInputType): { readonly json: unknown } | null => {
  const nullable = getNullableType(type);
  const quoted = text.startsWith('"') ? parse(text) : null;
  const word = typeof quoted?.json === 'string' ? quoted.json : text;
  if (isLeafType(nullable)) return { json: word };
  const field = isInputObjectType(nullable) ? shorthand[nullable.name] : undefined;
  return field !== undefined && !/^\s*[{[]/.test(word) ? { json: { [field]: word } } : parse(text);
};

const pathIn = (name: string, path: readonly (string | number)[]): string =>
  path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`), name);

/** Reads a parameter: a plain word for a scalar or an enum, JSON for an input object, in which knownAt may be a date. */
export const readParameter = (
  name: string,
  text: string,
  type: GraphQLInputType,
  calendar: Calendar,
): ParameterValue => {
  const expectation = `The parameter '${name}' takes ${acceptedValues(type)}.`;
  if (text.trim() === '') return { problems: [badParameter(name, `The parameter '${name}' is empty. ${expectation}`)] };
  if (isNestedTooDeep(text)) {
    return {
      problems: [badParameter(name, `The parameter '${name}' nests brackets more than ${MAX_NESTING_DEPTH} deep.`)],
    };
  }
  const parsed = jsonOf(text, type);
  if (parsed === null)
    return { problems: [badParameter(name, `The parameter '${name}' is not valid JSON. ${expectation}`)] };
  const value = withDays(parsed.json, type, calendar);
  const problems: ClientError[] = [];
  coerceInputValue(value, type, (path, _invalid, { message }) => {
    const argument = pathIn(name, path);
    problems.push(badParameter(argument, `${argument}: ${message} ${expectation}`));
  });
  return problems.length > 0 ? { problems } : { value };
};

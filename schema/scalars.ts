import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { isCivilDate } from '../events/formats.js';
import { parseInstant } from '../src/time/instant.js';

export { GraphQLJSON } from 'graphql-scalars';

/** An error of a value. The node of the document, where there is one, tells the client where the value stands. */
const refused = (message: string, node?: ValueNode): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' }, ...(node ? { nodes: node } : {}) });

const textOf = (value: unknown, what: string): string => {
  if (typeof value === 'string') return value;
  throw refused(`${what} is written as a string.`);
};

const literalText = (node: ValueNode, what: string): string => {
  if (node.kind === Kind.STRING) return node.value;
  throw refused(`${what} is written as a string.`, node);
};

function civilDate(text: string, node?: ValueNode): string {
  if (isCivilDate(text)) return text;
  throw refused(`'${text}' is not a date of the calendar. Write it as YYYY-MM-DD, such as 2020-10-31.`, node);
}

export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description:
    'A calendar date without a time or a zone, ISO 8601 `YYYY-MM-DD`. "Today" is the date in the programme’s zone, Europe/Amsterdam unless configured otherwise.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize: (value) => textOf(value, 'A date'),
  parseValue: (value) => civilDate(textOf(value, 'A date')),
  parseLiteral: (node) => civilDate(literalText(node, 'A date'), node),
});

function instant(text: string, node?: ValueNode): string {
  const parsed = parseInstant(text);
  if ('instant' in parsed) return parsed.instant;
  throw refused(parsed.problem, node);
}

export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description:
    'An instant, RFC 3339 with an explicit offset and at most milliseconds, such as `2021-01-15T23:59:59.999+01:00`. Answered in UTC.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => textOf(value, 'An instant'),
  parseValue: (value) => instant(textOf(value, 'An instant')),
  parseLiteral: (node) => instant(literalText(node, 'An instant'), node),
});

function position(text: string, node?: ValueNode): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw refused(`'${text}' is not a position. Write a whole number from 0 on as a string, such as "512".`, node);
}

export const PositionScalar = new GraphQLScalarType<number, string>({
  name: 'Position',
  description:
    'A place in the log, as a decimal string. The first event stands at position 1, and there are no gaps; 0 is the time before it.',
  serialize: (value) => String(value),
  parseValue: (value) => position(typeof value === 'number' ? String(value) : textOf(value, 'A position')),
  parseLiteral: (node) => position(node.kind === Kind.INT ? node.value : literalText(node, 'A position'), node),
});

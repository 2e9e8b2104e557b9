import { getNullableType, isInputObjectType, isListType, type GraphQLInputType } from 'graphql';
import { isCivilDate } from '../../events/formats.js';
import { endOfDay, todayIn } from '../time/civil-date.js';

/** Where a day ends, and which one is not over yet. */
export interface Calendar {
  readonly timeZone: string;
  readonly now: Date;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of these a moment takes one: with another beside it, knownAt stays, and the two are refused. */
const fixesSystemTime = ({ position, asPublished }: Fields): boolean => position != null || asPublished === true;

/** Today is not over: all that is known now is known at the end of it. */
const withDay = (at: Fields, day: string, { timeZone, now }: Calendar): Fields => {
  if (day !== todayIn(timeZone, now) || fixesSystemTime(at)) return { ...at, knownAt: endOfDay(day, timeZone) };
  const { knownAt: _, ...rest } = at;
  return rest;
};

/**
 * A value of a parameter in which each date that is given for knownAt has become the end of that day in the programme's zone
 * (bitemporal rule 6): 2025-03-30 lasts 23 hours there. What is no value of the type is left for GraphQL to refuse.
 */
export const withDays = (value: unknown, type: GraphQLInputType, calendar: Calendar): unknown => {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    return Array.isArray(value) ? value.map((item) => withDays(item, nullable.ofType, calendar)) : value;
  }
  if (!isInputObjectType(nullable) || !isFields(value)) return value;
  const types = nullable.getFields();
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const field = types[name];
      return [name, field === undefined ? item : withDays(item, field.type, calendar)];
    }),
  );
  const { knownAt } = fields;
  return 'knownAt' in types && typeof knownAt === 'string' && isCivilDate(knownAt)
    ? withDay(fields, knownAt, calendar)
    : fields;
};

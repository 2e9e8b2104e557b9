import { getNullableType, isInputObjectType, isListType, type GraphQLInputType } from 'graphql';
import { isCivilDate } from '../../../events/formats.js';
import { endOfDay, todayIn } from '../../time/civil-date.js';

/** The time zone that days are read in, and the present, which tells the day that is not over yet. */
export interface Calendar {
  readonly timeZone: string;
  readonly now: Date;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A moment takes one of knownAt, position and asPublished. With another beside it knownAt stays, so that the API refuses both. */
const fixesSystemTime = ({ position, asPublished }: Fields): boolean => position != null || asPublished === true;

/** Today is not over yet, so knownAt today means as known now, which is the default. */
const withDay = (at: Fields, day: string, { timeZone, now }: Calendar): Fields => {
  if (day !== todayIn(timeZone, now) || fixesSystemTime(at)) return { ...at, knownAt: endOfDay(day, timeZone) };
  const { knownAt: _, ...rest } = at;
  return rest;
};

/**
 * Replaces each date that is given for knownAt by the end of that day in the programme's time zone (time rule 6): there
 * 2025-03-30 lasts 23 hours. A value that does not fit the type stays as it is, for GraphQL to refuse.
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

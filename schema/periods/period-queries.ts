import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Moment } from '../../src/time/moment.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { Period } from './period.js';
import { periodsDefinedBy } from './loaders.js';

/** Periods are answered at the present, because arguments name them. */
const present = (context: Context): Promise<Moment> => context.moment(null, 'at');

@Resolver()
export class PeriodQueries {
  @Query(() => [Period], { description: 'The reporting periods, by reference date.' })
  async periods(@Ctx() context: Context): Promise<Period[]> {
    const { position } = await present(context);
    return (await periodsDefinedBy(position, context)).map((period) => new Period(period, position));
  }

  @Query(() => Period, { nullable: true, description: 'A period by key. UNKNOWN_PERIOD where none is defined.' })
  async period(
    @Arg('key', () => ID, { description: 'Its key, such as `2020-10`.' }) key: string,
    @Ctx() context: Context,
  ): Promise<Period | null> {
    const { position } = await present(context);
    const period = (await periodsDefinedBy(position, context)).find((candidate) => candidate.key === key);
    if (period) return new Period(period, position);
    throw new RequestError('UNKNOWN_PERIOD', 'key', `No period '${key}' is defined. The field 'periods' lists them.`);
  }
}

import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Moment } from '../../src/time/moment.js';
import { RequestProblem } from '../../src/time/problem.js';
import { checkScale } from '../arguments.js';
import type { Context } from '../context.js';
import { SubjectKind } from '../enums.js';
import { Period } from '../periods/period.js';
import { Scale } from './scale.js';
import { scaleAt } from './scale-book.js';

/** Scales and periods are read at the present: they are the words in which questions are asked. */
const present = (context: Context): Promise<Moment> => context.moment(null, 'at');

@Resolver()
export class VocabularyQueries {
  @Query(() => [Scale], {
    description:
      'The scales that are defined, in order of definition. The reserved scales are not among them, unless they are defined too.',
  })
  async scales(
    @Arg('subjects', () => SubjectKind, { nullable: true, description: 'Only those that assess this kind of subject.' })
    subjects: 'REGION' | 'PROJECT' | null,
    @Ctx() context: Context,
  ): Promise<Scale[]> {
    const moment = await present(context);
    const defined = await context.loaders.scales(moment.position);
    const wanted = defined.filter(({ subjectKind }) => subjects == null || subjectKind === subjects);
    const shown = await Promise.all(
      wanted.map(({ key, subjectKind }) => scaleAt(key, subjectKind, moment, context.loaders)),
    );
    return shown.filter((scale) => scale !== null).map((scale) => new Scale(scale, moment));
  }

  @Query(() => Scale, {
    nullable: true,
    description: 'A scale by key, reserved ones too. UNKNOWN_SCALE where none is defined.',
  })
  async scale(
    @Arg('key', () => ID, { description: 'Its key, such as `agreements`.' }) key: string,
    @Ctx() context: Context,
  ): Promise<Scale | null> {
    await checkScale(key, 'key', context);
    const moment = await present(context);
    const defined = (await context.loaders.scales(moment.position)).find((scale) => scale.key === key);
    const shown = await scaleAt(key, defined?.subjectKind ?? 'REGION', moment, context.loaders);
    return shown && new Scale(shown, moment);
  }

  @Query(() => [Period], { description: 'The reporting periods, by reference date.' })
  async periods(@Ctx() context: Context): Promise<Period[]> {
    const { position } = await present(context);
    return (await context.loaders.periods(position)).map((period) => new Period(period, position));
  }

  @Query(() => Period, { nullable: true, description: 'A period by key. UNKNOWN_PERIOD where none is defined.' })
  async period(
    @Arg('key', () => ID, { description: 'Its key, such as `2020-10`.' }) key: string,
    @Ctx() context: Context,
  ): Promise<Period | null> {
    const { position } = await present(context);
    const period = (await context.loaders.periods(position)).find((candidate) => candidate.key === key);
    if (period) return new Period(period, position);
    throw new RequestProblem('UNKNOWN_PERIOD', 'key', `No period '${key}' is defined. The field 'periods' lists them.`);
  }
}

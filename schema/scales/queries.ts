import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Moment } from '../../src/time/moment.js';
import { RequestError } from '../../src/time/request-error.js';
import { checkScale } from '../arguments.js';
import type { Context } from '../context.js';
import { SubjectKind } from '../enums.js';
import { Period } from '../periods/period.js';
import { Scale } from './scale.js';
import { resolveScale } from './resolved-scale.js';
import { scalesDefinedBy } from './loaders.js';
import { periodsDefinedBy } from '../periods/loaders.js';

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
    const defined = await scalesDefinedBy(moment.position, context);
    const wanted = defined.filter(({ subjectKind }) => subjects == null || subjectKind === subjects);
    const shown = await Promise.all(
      wanted.map(({ key, subjectKind }) => resolveScale(key, subjectKind, moment, context)),
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
    const defined = (await scalesDefinedBy(moment.position, context)).find((scale) => scale.key === key);
    const shown = await resolveScale(key, defined?.subjectKind ?? 'REGION', moment, context);
    return shown && new Scale(shown, moment);
  }

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

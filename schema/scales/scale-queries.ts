import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Moment } from '../../src/time/moment.js';
import { checkScale } from './check-scale.js';
import type { Context } from '../context.js';
import { SubjectKind } from '../subjects/subject-kind.js';
import { Scale } from './scale.js';
import { resolveScale } from './resolved-scale.js';
import { scalesDefinedBy } from './loaders.js';

/** Scales are answered at the present, because arguments name them. */
const present = (context: Context): Promise<Moment> => context.moment(null, 'at');

@Resolver()
export class ScaleQueries {
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
    const resolved = await Promise.all(
      wanted.map(({ key, subjectKind }) => resolveScale(key, subjectKind, moment, context)),
    );
    return resolved.filter((scale) => scale !== null).map((scale) => new Scale(scale, moment));
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
    const resolved = await resolveScale(key, defined?.subjectKind ?? 'REGION', moment, context);
    return resolved && new Scale(resolved, moment);
  }
}

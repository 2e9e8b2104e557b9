import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { compare } from '../../projections/tabulation/comparison.js';
import { checkLevels, checkScaleFits } from '../scales/check-scale.js';
import { At, atDescription } from '../moments/at.js';
import { Axis, readAxes, checkAxisScale } from './axis.js';
import { Comparison } from './comparison.js';
import type { Context } from '../context.js';
import { CrossTab } from './cross-tab.js';
import { buildCrossTab } from './build-cross-tab.js';
import { digestOf } from '../paging/cursor.js';
import { SubjectKind } from '../subjects/subject-kind.js';
import { levelOrder, resolveScaleOrEmpty } from '../scales/resolved-scale.js';
import { SubjectFilter, checkedFilter } from '../subjects/subject-filter.js';
import { scalesDefinedBy } from '../scales/loaders.js';

@Resolver()
export class TabulationQueries {
  @Query(() => CrossTab, {
    description:
      'Counts subjects by their level on a scale: at several moments (the tables of a progress report), or against another scale. Table 1 of the report is `crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: {moments: [{period: "2019-03"}, {period: "2019-10"}, {period: "2020-03"}, {period: "2020-10"}]})`.',
  })
  async crossTab(
    @Arg('subjects', () => SubjectKind, { description: 'What is counted.' }) kind: 'REGION' | 'PROJECT',
    @Arg('rows', () => Axis, { description: 'A scale: its levels are the rows.' }) rows: Axis,
    @Arg('columns', () => Axis, { description: 'Moments, or a second scale: its levels are the columns.' })
    columns: Axis,
    @Arg('at', () => At, { nullable: true, description: `${atDescription} Not with columns of moments.` })
    at: At | null,
    @Arg('filter', () => SubjectFilter, {
      nullable: true,
      description: 'Which subjects, judged at each column’s moment.',
    })
    filter: SubjectFilter | null,
    @Ctx() context: Context,
  ): Promise<CrossTab> {
    const axes = readAxes(rows, columns, at);
    const checkScale = async (scale: string, argument: string): Promise<void> => {
      await checkAxisScale(scale, argument, context);
      await checkScaleFits(scale, kind, argument, context);
    };
    await checkScale(axes.rows, 'rows.scale');
    if ('scale' in axes.columns) await checkScale(axes.columns.scale, 'columns.scale');
    const checked = await checkedFilter(filter, kind, context);
    return buildCrossTab({ kind, ...axes, at, filter: checked }, context);
  }

  @Query(() => Comparison, {
    description:
      'One scale at two moments: how many subjects had each level, who moved, and how much of the difference is movement and how much is what was only learned later.',
  })
  async comparison(
    @Arg('scale', () => ID, { description: 'Key of the scale.' }) key: string,
    @Arg('from', () => At, { description: 'The moment to compare with.' }) from: At,
    @Arg('to', () => At, { description: 'The moment to compare.' }) to: At,
    @Arg('filter', () => SubjectFilter, {
      nullable: true,
      description:
        'Which subjects, judged at each of the two moments: a subject that passes at one only is absent at the other.',
    })
    filter: SubjectFilter | null,
    @Ctx() context: Context,
  ): Promise<Comparison> {
    await checkLevels(key, [], 'scale', context);
    await checkAxisScale(key, 'scale', context);
    const defined = (await scalesDefinedBy(context.present.projectedPosition, context)).find(
      (scale) => scale.key === key,
    );
    const kind = defined?.subjectKind ?? 'REGION';
    const checked = await checkedFilter(filter, kind, context);
    const [one, two] = [await context.moment(from, 'from'), await context.moment(to, 'to')];
    // The rows are the levels known at the greater of the two positions.
    const newest = one.position > two.position ? one : two;
    const resolved = await resolveScaleOrEmpty(key, kind, newest, context);
    const question = {
      kind,
      scale: key,
      levels: resolved.levels.map((level) => level.key),
      order: levelOrder(resolved),
      filter: checked,
    };
    const result = await compare(context.read, question, one, two);
    const digest = digestOf([key, checked, one.asOf, one.position, two.asOf]);
    return new Comparison(result, { scale: resolved, newest, kind, from: one, to: two }, digest);
  }
}

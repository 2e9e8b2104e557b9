import { Arg, Args, Ctx, FieldResolver, Resolver, Root, ID } from 'type-graphql';
import { statusOfInterval, timelineAt, type SubjectHistory } from '../../projections/statements/queries/history.js';
import type { StatementVersion } from '../../projections/statements/queries/versions.js';
import type { Interval } from '../../projections/statements/timeline.js';
import { checkScale } from '../scales/check-scale.js';
import { PageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Explanation, explain } from './explanation.js';
import { assessedScales } from '../scales/resolved-scale.js';
import { Status, toStatuses } from './status.js';
import { StatusChangeConnection, changePage } from './status-changes.js';
import { historyOfSubject } from '../subjects/loaders.js';
import { statusOfCell } from './loaders.js';
import { Subject } from '../subjects/subject.js';

const SCALE =
  'Key of a scale, such as `agreements`; the reserved scales `existence`, `name`, `care-office`, `parent` and `regions` too.';

/** The order of a timeline of several scales (time rule 4). */
const byDateThenPosition = (a: Interval<StatementVersion>, b: Interval<StatementVersion>): number =>
  a.since < b.since ? -1 : a.since > b.since ? 1 : a.version.position - b.version.position;

/** The fields of a subject that say what its statuses are, were and changed to. */
@Resolver(() => Subject)
export class StatusesOfSubject {
  @FieldResolver(() => Status, {
    nullable: true,
    description: 'The level on a scale. Null: it has none at the moment; `explain` says why.',
  })
  async status(
    @Root() subject: Subject,
    @Arg('scale', () => ID, { description: SCALE }) scale: string,
    @Ctx() context: Context,
  ): Promise<Status | null> {
    await checkScale(scale, 'scale', context);
    const view = await statusOfCell({ subject: subject.view.id, scale: scale }, subject.at, context);
    return view ? ((await toStatuses([view], subject.kind, subject.at, context))[0] ?? null) : null;
  }

  @FieldResolver(() => [Status], {
    description:
      'The levels on all scales that assess this kind of subject, in order of definition; scales without a level are left out.',
  })
  async statuses(@Root() subject: Subject, @Ctx() context: Context): Promise<Status[]> {
    const scales = await assessedScales(subject.kind, subject.at.position, context);
    const view = await Promise.all(
      scales.map((scale) => statusOfCell({ subject: subject.view.id, scale }, subject.at, context)),
    );
    return toStatuses(
      view.filter((status) => status !== null),
      subject.kind,
      subject.at,
      context,
    );
  }

  @FieldResolver(() => [Status], {
    description:
      'Every interval on a scale as known at the moment, whatever the date: by date, then by position. On all assessed scales where none is named.',
  })
  async timeline(
    @Root() subject: Subject,
    @Arg('scale', () => ID, {
      nullable: true,
      description: `${SCALE} Default: all scales that assess this kind of subject.`,
    })
    scale: string | null,
    @Ctx() context: Context,
  ): Promise<Status[]> {
    if (scale != null) await checkScale(scale, 'scale', context);
    const scales = scale == null ? await assessedScales(subject.kind, subject.at.position, context) : [scale];
    const history = await historyOf(subject, context);
    const intervals = scales.flatMap((key) => timelineAt(history, key, subject.at.position)).sort(byDateThenPosition);
    return toStatuses(intervals.map(statusOfInterval), subject.kind, subject.at, context);
  }

  @FieldResolver(() => StatusChangeConnection, {
    description: 'The changes of level as known at the moment, oldest first, whatever the date.',
  })
  async changes(
    @Root() subject: Subject,
    @Arg('scale', () => ID, {
      nullable: true,
      description: `${SCALE} Default: all scales that assess this kind of subject.`,
    })
    scale: string | null,
    @Arg('includeSuperseded', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Also changes that stood once and that later news has broken.',
    })
    includeSuperseded: boolean | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<InstanceType<typeof StatusChangeConnection>> {
    if (scale != null) await checkScale(scale, 'scale', context);
    const scales = scale == null ? await assessedScales(subject.kind, subject.at.position, context) : [scale];
    const query = { includeSuperseded: includeSuperseded ?? false, subjects: [subject.view.id], scales };
    return changePage(query, page, subject.at, context);
  }

  @FieldResolver(() => Explanation, {
    description: 'Why the subject has this level on the scale at the moment, or why none.',
  })
  async explain(
    @Root() subject: Subject,
    @Arg('scale', () => ID, { description: SCALE }) scale: string,
    @Ctx() context: Context,
  ): Promise<Explanation> {
    await checkScale(scale, 'scale', context);
    return explain(subject.view, await historyOf(subject, context), scale, subject.at, context);
  }
}

async function historyOf(subject: Subject, context: Context): Promise<SubjectHistory> {
  const history = await historyOfSubject(subject.view.id, subject.at.position, context);
  if (!history) throw new Error('Every subject has a history.');
  return history;
}

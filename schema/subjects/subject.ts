import { Arg, Args, Ctx, Field, ID, Int, InterfaceType } from 'type-graphql';
import type { SubjectKind as Kind } from '../../events/primitives.js';
import { streamOfSubject } from '../../events/streams.js';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import { statusOfInterval, timelineAt, type SubjectHistory } from '../../projections/statements/queries/history.js';
import type { StatementVersion } from '../../projections/statements/queries/versions.js';
import type { Interval } from '../../projections/statements/timeline.js';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import { checkScale } from '../arguments.js';
import { PageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Language, SubjectKind } from '../enums.js';
import { EventConnection, eventPage } from '../log/events.js';
import { Explanation, explain } from '../statuses/explanation.js';
import { encodeId } from '../global-id.js';
import { languageArgument } from '../language.js';
import { Moment } from '../moments/moment.js';
import { Node } from '../node.js';
import { assessedScales } from '../scales/resolved-scale.js';
import { DateScalar } from '../scalars.js';
import { showStatuses, Status } from '../statuses/status.js';
import { changePage, StatusChangeConnection } from '../statuses/status-changes.js';
import { historyOfSubject } from './loaders.js';
import { statusOfCell } from '../statuses/loaders.js';
import { revisionOfStream } from '../log/loaders.js';

const SCALE =
  'Key of a scale, such as `agreements`; the reserved scales `existence`, `name`, `care-office`, `parent` and `regions` too.';

/** Rule 4: the order of a timeline that is about several scales. */
const byDateThenPosition = (a: Interval<StatementVersion>, b: Interval<StatementVersion>): number =>
  a.since < b.since ? -1 : a.since > b.since ? 1 : a.version.position - b.version.position;

@InterfaceType({
  implements: Node,
  description: 'What statements of status are made about, as known at a moment: a region or a project.',
})
export abstract class Subject extends Node {
  constructor(
    readonly view: SubjectView,
    readonly at: ResolvedMoment,
  ) {
    super();
    this.id = encodeId({ type: this.isRegion ? 'Region' : 'Project', key: view.key, point: at });
  }

  override readonly id: string;

  private get isRegion(): boolean {
    return this.view.kind === 'REGION';
  }

  /** Organisations have names and lifetimes too, but are no subjects in the API's sense. */
  private get ownKind(): Kind {
    return this.isRegion ? 'REGION' : 'PROJECT';
  }

  @Field(() => ID, {
    description: 'The readable name through all time, such as `zeeland`, `arnhem-food-valley` or `P-001`.',
  })
  get key(): string {
    return this.view.key;
  }

  @Field(() => SubjectKind, { description: 'Region or project.' })
  get kind(): Kind {
    return this.ownKind;
  }

  @Field(() => String, { description: 'The name at the moment; before the first name took effect, that first name.' })
  name(
    @Arg('language', () => Language, {
      ...languageArgument,
      description: 'Names are proper names: they are the same in every language.',
    })
    _language: Language | null,
  ): string {
    return this.view.name;
  }

  @Field(() => Boolean, { description: 'The date of the moment lies in its lifetime.' })
  get exists(): boolean {
    return this.view.exists;
  }

  @Field(() => DateScalar, { description: 'The first date of its lifetime.' })
  get registeredOn(): string {
    return this.view.registeredOn;
  }

  @Field(() => DateScalar, { nullable: true, description: 'The first date after its lifetime. Null: none is known.' })
  get retiredOn(): string | null {
    return this.view.retiredOn;
  }

  @Field(() => Int, {
    description:
      'The revision of its stream at the moment: give it as expectedRevision to record only if nothing else was recorded since.',
  })
  async revision(@Ctx() context: Context): Promise<number> {
    const stream = streamOfSubject(this.view);
    const revision = await revisionOfStream(stream, this.at.position, context);
    if (revision === null) throw new Error(`Stream '${stream}' has no event by position ${this.at.position}.`);
    return revision;
  }

  @Field(() => Moment, { description: 'The moment that this is the subject at.' })
  get moment(): Moment {
    return new Moment(this.at);
  }

  @Field(() => Status, {
    nullable: true,
    description: 'The level on a scale. Null: it has none at the moment; `explain` says why.',
  })
  async status(
    @Arg('scale', () => ID, { description: SCALE }) scale: string,
    @Ctx() context: Context,
  ): Promise<Status | null> {
    await checkScale(scale, 'scale', context);
    const view = await statusOfCell({ subject: this.view.id, scale: scale }, this.at, context);
    return view ? ((await showStatuses([view], this.ownKind, this.at, context))[0] ?? null) : null;
  }

  @Field(() => [Status], {
    description:
      'The levels on all scales that assess this kind of subject, in order of definition; scales without a level are left out.',
  })
  async statuses(@Ctx() context: Context): Promise<Status[]> {
    const scales = await assessedScales(this.ownKind, this.at.position, context);
    const view = await Promise.all(
      scales.map((scale) => statusOfCell({ subject: this.view.id, scale }, this.at, context)),
    );
    return showStatuses(
      view.filter((status) => status !== null),
      this.ownKind,
      this.at,
      context,
    );
  }

  @Field(() => [Status], {
    description:
      'Every interval on a scale as known at the moment, whatever the date: by date, then by position. On all assessed scales where none is named.',
  })
  async timeline(
    @Arg('scale', () => ID, {
      nullable: true,
      description: `${SCALE} Default: all scales that assess this kind of subject.`,
    })
    scale: string | null,
    @Ctx() context: Context,
  ): Promise<Status[]> {
    if (scale != null) await checkScale(scale, 'scale', context);
    const scales = scale == null ? await assessedScales(this.ownKind, this.at.position, context) : [scale];
    const history = await this.history(context);
    const intervals = scales.flatMap((key) => timelineAt(history, key, this.at.position)).sort(byDateThenPosition);
    return showStatuses(intervals.map(statusOfInterval), this.ownKind, this.at, context);
  }

  @Field(() => StatusChangeConnection, {
    description: 'The changes of level as known at the moment, oldest first, whatever the date.',
  })
  async changes(
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
    const scales = scale == null ? await assessedScales(this.ownKind, this.at.position, context) : [scale];
    const query = { includeSuperseded: includeSuperseded ?? false, subjects: [this.view.id], scales };
    return changePage(query, { by: 'EFFECTIVE_ON', direction: 'ASC' }, page, this.at, context);
  }

  @Field(() => Explanation, { description: 'Why the subject has this level on the scale at the moment, or why none.' })
  async explain(
    @Arg('scale', () => ID, { description: SCALE }) scale: string,
    @Ctx() context: Context,
  ): Promise<Explanation> {
    await checkScale(scale, 'scale', context);
    return explain(this.view, await this.history(context), scale, this.at, context);
  }

  @Field(() => EventConnection, { description: 'What was recorded in its stream by the moment, oldest first.' })
  events(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<InstanceType<typeof EventConnection>> {
    return eventPage({ streams: [streamOfSubject(this.view)] }, page, this.at, context);
  }

  private async history(context: Context): Promise<SubjectHistory> {
    const history = await historyOfSubject(this.view.id, this.at.position, context);
    if (!history) throw new Error('Every subject has a history.');
    return history;
  }
}

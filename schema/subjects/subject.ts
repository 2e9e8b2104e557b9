import { Arg, Args, Ctx, Field, ID, Int, InterfaceType } from 'type-graphql';
import type { SubjectKind as Kind } from '../../events/primitives.js';
import { streamOfSubject } from '../../events/streams.js';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import { PageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Language, languageArgument } from '../language.js';
import { SubjectKind, toSubjectKind } from './subject-kind.js';
import { EventConnection, eventPage } from '../log/events.js';
import type { GlobalId } from '../nodes/global-id.js';
import { Moment } from '../moments/moment.js';
import { Node } from '../nodes/node.js';
import { DateScalar } from '../scalars.js';
import { revisionOfStream } from '../log/loaders.js';

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
  }

  protected override get globalId(): GlobalId {
    return { type: this.kind === 'REGION' ? 'Region' : 'Project', key: this.key, point: this.at };
  }

  @Field(() => ID, {
    description: 'The readable name through all time, such as `zeeland`, `arnhem-food-valley` or `P-001`.',
  })
  get key(): string {
    return this.view.key;
  }

  @Field(() => SubjectKind, { description: 'Region or project.' })
  get kind(): Kind {
    return toSubjectKind(this.view.kind);
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

  @Field(() => EventConnection, { description: 'What was recorded in its stream by the moment, oldest first.' })
  events(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<InstanceType<typeof EventConnection>> {
    return eventPage({ streams: [streamOfSubject(this.view)] }, page, this.at, context);
  }
}

import { Ctx, Field, ObjectType } from 'type-graphql';
import type { Direction as DirectionName } from '../../projections/statements/changes.js';
import type { StatusChangeView } from '../../projections/statements/queries/status-changes.js';
import type { StatementRow } from '../../projections/statements/tables.js';
import type { Moment } from '../../src/time/moment.js';
import { Actor } from '../log/actor.js';
import { toSubjectKind } from '../subjects/subject-kind.js';
import type { Context } from '../context.js';
import { Basis } from './basis.js';
import { Direction } from './direction.js';
import { Event, eventAt } from '../log/event.js';
import { Evidence } from './evidence.js';
import type { GlobalId } from '../nodes/global-id.js';
import { Node } from '../nodes/node.js';
import { Level, Scale } from '../scales/scale.js';
import { type ResolvedScale, resolveScale } from '../scales/resolved-scale.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { Subject } from '../subjects/subject.js';
import { subjectOfChange } from '../subjects/to-subject.js';
import { statementNote } from './loaders.js';

@ObjectType({
  implements: Node,
  description:
    'A change of level: two neighbours in a subject’s known timeline whose levels differ, its first entry, or its end by retirement.',
})
export class StatusChange extends Node {
  constructor(
    readonly view: StatusChangeView,
    /** The statement, or the retirement, that the change ends in. */
    private readonly ending: Pick<StatementRow, 'reason' | 'evidence'>,
    private readonly resolvedScale: ResolvedScale,
    readonly at: Moment,
  ) {
    super();
  }

  protected override get globalId(): GlobalId {
    const { knownFromPosition: knownFrom, ordinal } = this.view;
    return { type: 'StatusChange', knownFrom, ordinal, point: this.at };
  }

  @Field(() => Scale, { description: 'The scale on which the level changed.' })
  get scale(): Scale {
    return new Scale(this.resolvedScale, this.at);
  }

  @Field(() => Level, { nullable: true, description: 'The level before. Null for ENTER.' })
  get from(): Level | null {
    return this.view.from === null ? null : new Level(this.resolvedScale.level(this.view.from));
  }

  @Field(() => Level, { nullable: true, description: 'The level after. Null for LEAVE.' })
  get to(): Level | null {
    return this.view.to === null ? null : new Level(this.resolvedScale.level(this.view.to));
  }

  @Field(() => Direction, { description: 'Which way it went.' })
  get direction(): DirectionName {
    return this.view.direction;
  }

  @Field(() => DateScalar, {
    description: 'The first date on which the new level is stated to hold, or the date of retirement.',
  })
  get effectiveOn(): string {
    return this.view.effectiveOn;
  }

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The last date at which the old level was stated: the real change lies after it, and on effectiveOn at the latest. Null for ENTER.',
  })
  get changedAfter(): string | null {
    return this.view.changedAfter;
  }

  @Field(() => DateTimeScalar, {
    description: 'When the two neighbours first stood next to each other in what the log knew.',
  })
  get knownFrom(): string {
    return this.view.knownFrom;
  }

  @Field(() => Actor, {
    nullable: true,
    description: 'Who recorded the statement, or the retirement, that it ends in.',
  })
  get recordedBy(): Actor {
    return new Actor(this.view.recordedBy);
  }

  @Field(() => Basis, { nullable: true, description: 'How the new level is known. Null for LEAVE.' })
  get basis(): keyof typeof Basis | null {
    return this.view.basis;
  }

  @Field(() => String, { nullable: true, description: 'Why, as the recorder gave it.' })
  get reason(): string | null {
    return this.ending.reason;
  }

  @Field(() => [Evidence], { description: 'Where it can be checked.' })
  get evidence(): Evidence[] {
    // The projection writes the evidence of the event as JSON.
    const evidence = JSON.parse(this.ending.evidence) as ConstructorParameters<typeof Evidence>[0][];
    return evidence.map((item) => new Evidence(item));
  }

  @Field(() => Event, { description: 'The statement, or the retirement, that the change ends in.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.view.statement, context, this.at);
  }

  @Field(() => Subject, { description: 'The region or project whose level changed, at the moment asked for.' })
  subject(@Ctx() context: Context): Promise<Subject> {
    return subjectOfChange(this.view, this.at, context);
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When later news broke the pair. Null: it still stands at the moment.',
  })
  get supersededAt(): string | null {
    return this.view.supersededAt;
  }

  @Field(() => Event, {
    nullable: true,
    description: 'The event that broke the pair: a correction, a withdrawal, or a late statement between the two.',
  })
  supersededBy(@Ctx() context: Context): Promise<Event> | null {
    const { supersededByPosition } = this.view;
    return supersededByPosition === null ? null : eventAt(supersededByPosition, context, this.at);
  }
}

/** The changes with their statements and their scales, in the order given. */
export async function toStatusChanges(
  changes: readonly StatusChangeView[],
  moment: Moment,
  context: Context,
): Promise<StatusChange[]> {
  context.countNodes(changes.length);
  const endings = await Promise.all(changes.map(({ statement }) => statementNote(statement, context)));
  return Promise.all(
    changes.map(async (view, index) => {
      const ending = endings[index];
      if (!ending) throw new Error(`No statement at position ${view.statement}.`);
      const scale = await resolveScale(view.scale, toSubjectKind(view.kind), moment, context);
      if (!scale)
        throw new Error(`A change on scale '${view.scale}', which is not defined at position ${moment.position}.`);
      return new StatusChange(view, ending, scale, moment);
    }),
  );
}

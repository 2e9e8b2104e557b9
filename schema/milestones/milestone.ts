import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import { milestonesAt, type MilestoneView } from '../../projections/milestones/queries.js';
import type { Moment } from '../../src/time/moment.js';
import { SUBJECT_ID, StreamInput, groundsOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';
import { subjectStream } from '../recording/references.js';
import { Subject } from '../subjects/subject.js';
import { Region } from '../subjects/region.js';
import { Project } from '../subjects/project.js';
import { subjectById } from '../subjects/loaders.js';
import { toSubject } from '../subjects/to-subject.js';
import { At, atDescription } from '../moments/at.js';
import type { Context } from '../context.js';
import { defineLoaderAtPoint, sameKey } from '../loaders.js';
import { Event, eventAt } from '../log/event.js';
import { defineEnum } from '../enum.js';

export const DatePrecision = defineEnum('DatePrecision', 'How exactly something is dated.', {
  YEAR: 'To the year: "2017".',
  SEASON: 'To the season, named by a month in it: "2020-04" is spring 2020.',
  MONTH: 'To the month: "2018-05".',
  DAY: 'To the day: "2020-11-01".',
});

@ObjectType({ description: 'A dated fact about a subject, or about the whole programme.' })
export class Milestone {
  constructor(
    readonly view: MilestoneView,
    readonly at: Moment,
  ) {}

  @Field(() => String, { description: 'When: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exactly as it is known.' })
  get on(): string {
    return this.view.on;
  }

  @Field(() => DatePrecision, { description: 'How exactly it is dated.' })
  get precision(): keyof typeof DatePrecision {
    return this.view.precision;
  }

  @Field(() => String, { description: 'What happened.' })
  get text(): string {
    return this.view.text;
  }

  @Field(() => Event, { description: 'The event that recorded it.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.view.position, context, this.at);
  }

  @Field(() => Subject, {
    nullable: true,
    description: 'The region or project that it is about. Null: the whole programme.',
  })
  async subject(@Ctx() context: Context): Promise<Subject | null> {
    if (this.view.subject === null) return null;
    const subject = await subjectById(this.view.subject, this.at, context);
    return subject && toSubject(subject, this.at);
  }
}

const milestonesOfSubject = defineLoaderAtPoint({
  nameOf: sameKey<number>,
  fetch: async (subjects, point, { read }) =>
    Map.groupBy(await milestonesAt(read, point, subjects), ({ subject }) => subject ?? 0),
});

const milestonesOf = async ({ view, at }: Subject, context: Context): Promise<Milestone[]> =>
  ((await milestonesOfSubject(view.id, at, context)) ?? []).map((milestone) => new Milestone(milestone, at));

@Resolver(() => Region)
export class MilestonesOfRegion {
  @FieldResolver(() => [Milestone], {
    description: 'What happened in the region up to the date of the moment, oldest first.',
  })
  milestones(@Root() region: Region, @Ctx() context: Context): Promise<Milestone[]> {
    return milestonesOf(region, context);
  }
}

@Resolver(() => Project)
export class MilestonesOfProject {
  @FieldResolver(() => [Milestone], {
    description: 'What happened in the project up to the date of the moment, oldest first.',
  })
  milestones(@Root() project: Project, @Ctx() context: Context): Promise<Milestone[]> {
    return milestonesOf(project, context);
  }
}

@InputType({ description: 'A dated fact about a region or project.' })
export class RecordMilestoneInput extends StreamInput {
  @Field(() => ID, { description: SUBJECT_ID })
  subject!: string;

  @Field(() => String, { description: 'When: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exactly as it is known.' })
  on!: string;

  @Field(() => String, { description: 'What happened. No place for personal data: what is recorded stays.' })
  text!: string;
}

/** The milestones of the whole programme, and the recording of one. */
@Resolver()
export class Milestones {
  @Query(() => [Milestone], {
    description: 'What happened up to the date of the moment, in the programme and to its subjects, oldest first.',
  })
  async milestones(
    @Arg('at', () => At, { nullable: true, description: atDescription }) at: At | null,
    @Ctx() context: Context,
  ): Promise<Milestone[]> {
    const moment = await context.moment(at, 'at');
    return (await milestonesAt(context.read, moment)).map((view) => new Milestone(view, moment));
  }

  @Mutation(() => RecordResult, { description: 'Records a dated fact about a region or project. For recorders.' })
  recordMilestone(
    @Arg('input', () => RecordMilestoneInput, inputArgument) input: RecordMilestoneInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { on, text } = input;
    return record(context, 'RECORD_MILESTONE', input, (): Command => ({
      kind: 'RECORD_MILESTONE',
      stream: subjectStream(input.subject),
      on,
      text,
      ...groundsOf(input),
    }));
  }
}

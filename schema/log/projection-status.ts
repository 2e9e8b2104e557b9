import { Ctx, Query, Resolver } from 'type-graphql';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { ReadModelStatus } from '../../src/read-models/projector/status.js';
import type { Context } from '../context.js';
import { PositionScalar } from '../scalars.js';
import { defineEnum } from '../enum.js';

export const ProjectionState = defineEnum('ProjectionState', 'How a read model stands to the log.', {
  LIVE: 'It answers requests and includes every event of the log.',
  CATCHING_UP: 'It answers requests and still lacks events of the log.',
  REBUILDING: 'It is being built beside the live version, and does not answer requests yet.',
  FAILED: 'It stopped at an event that it cannot place. The live version goes on answering as of the event before.',
  REPLACED:
    'It answers the requests to this server, but moves no more: another release of the program has taken over. This server is to be ended.',
});
export type ProjectionState = keyof typeof ProjectionState;

@ObjectType({
  description: 'How a read model stands to the log. All are written together: they share one checkpoint.',
  simpleResolvers: true,
})
export class ProjectionStatus {
  constructor(view: ReadModelStatus) {
    this.name = view.name;
    this.version = view.version;
    this.position = view.position;
    this.lag = view.lag;
    this.state = view.state;
    this.failedPosition = view.failedPosition;
    this.failure = view.failure;
    this.rate = view.rate;
    this.secondsLeft = view.secondsLeft;
  }

  @Field(() => String, { description: 'The read model, such as `statements`.' })
  readonly name: string;

  @Field(() => Int, { description: 'The version of the read models that it belongs to. A rebuild makes a new one.' })
  readonly version: number;

  @Field(() => PositionScalar, { description: 'The checkpoint: the last event that it includes.' })
  readonly position: number;

  @Field(() => Int, { description: 'How many events of the log it lacks.' })
  readonly lag: number;

  @Field(() => ProjectionState, { description: 'What it is doing.' })
  readonly state: ProjectionState;

  @Field(() => PositionScalar, { nullable: true, description: 'With FAILED: the event that it cannot place.' })
  readonly failedPosition: number | null;

  @Field(() => String, { nullable: true, description: 'With FAILED: what is wrong with that event.' })
  readonly failure: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'With REBUILDING: events a second, on average since the building began. Null while nobody builds.',
  })
  readonly rate: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'With REBUILDING: the seconds until it will have come to the end of the log, at its present rate. Null while that cannot be told. It is then compared with the live version, which takes some time too.',
  })
  readonly secondsLeft: number | null;
}

@Resolver()
export class ProjectionStatusQueries {
  @Query(() => [ProjectionStatus], { description: 'How far the read models are, and whether any has stopped.' })
  async projections(@Ctx() context: Context): Promise<ProjectionStatus[]> {
    context.caching.dependsOn('HEAD');
    return (await context.projections()).map((view) => new ProjectionStatus(view));
  }
}

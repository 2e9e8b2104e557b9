import { Ctx, Field, ObjectType } from 'type-graphql';
import type { StatementVersion } from '../../projections/statements/queries/versions.js';
import type { Moment } from '../../src/time/moment.js';
import type { Context } from '../context.js';
import { Event, eventAt } from '../log/event.js';
import { Level } from '../scales/scale.js';
import type { ResolvedScale } from '../scales/resolved-scale.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { defineEnum } from '../enum.js';

const StatementEnd = defineEnum('StatementEnd', 'How a version of a statement stopped being known.', {
  CORRECTION: 'A corrected version replaced it.',
  WITHDRAWAL: 'The statement was withdrawn.',
});

@ObjectType({
  description: 'A version of a statement: a level from a date, and from when until when that was what the log knew.',
})
export class Statement {
  constructor(
    private readonly version: StatementVersion,
    private readonly scale: ResolvedScale,
    private readonly moment: Moment,
  ) {}

  @Field(() => Level, { description: 'The level stated.' })
  get level(): Level {
    return new Level(this.scale.level(this.version.level));
  }

  @Field(() => DateScalar, { description: 'The date from which it was stated to hold.' })
  get effectiveOn(): string {
    return this.version.effectiveOn;
  }

  @Field(() => DateTimeScalar, { description: 'When this version was recorded.' })
  get knownFrom(): string {
    return this.version.recordedAt;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was corrected or withdrawn. Null: neither had happened by the moment.',
  })
  get knownUntil(): string | null {
    return this.version.endedAt;
  }

  @Field(() => StatementEnd, { nullable: true, description: 'What ended it, if anything did.' })
  get endedBy(): 'CORRECTION' | 'WITHDRAWAL' | null {
    return this.version.endedBy;
  }

  @Field(() => String, { nullable: true, description: 'Why it was stated or corrected, as the recorder gave it.' })
  get reason(): string | null {
    return this.version.reason;
  }

  @Field(() => Event, { description: 'The event that made this version.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.version.position, context, this.moment);
  }
}

import { Field, ID, InputType } from 'type-graphql';
import { DateScalar, DateTimeScalar, PositionScalar } from '../scalars.js';

@InputType({
  description:
    'A place on both time axes. Valid time is when something held; system time is when the log knew it. What is left out takes its default: today, and what is known now. Parts that contradict each other are refused (CONTRADICTORY_MOMENT).',
})
export class At {
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Valid time (peildatum, geldig op): what held on this date, changes effective on it included. Default: today in the programme’s zone.',
  })
  asOf?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'System time (beschikbaar op): what the log had recorded by this instant, included. Not in the future (KNOWN_AT_IN_FUTURE). Not with position.',
  })
  knownAt?: string | null;

  @Field(() => PositionScalar, {
    nullable: true,
    description: 'System time, exactly: what the log held up to this position. The truth that knownAt is a label of.',
  })
  position?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Key of a reporting period: short for asOf = its reference date. Not with asOf.',
  })
  period?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'With period: system time is the position of the period’s first publication. Not with knownAt or position. PERIOD_NOT_PUBLISHED where there is none.',
  })
  asPublished?: boolean | null;

  @Field(() => PositionScalar, {
    nullable: true,
    description:
      'Read your own writes: wait until the read models include this position, for a bounded time (then STALE).',
  })
  atLeast?: number | null;
}

export const atDescription = 'The moment to answer for. Default: today, as known now.';

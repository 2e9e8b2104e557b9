import { createUnionType, Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import { Event } from '../log/event.js';
import { PositionScalar } from '../scalars.js';

@InterfaceType({ description: 'Why something was not recorded.' })
export abstract class Problem {
  @Field(() => String, { description: 'What is wrong and what to do, for people.' })
  readonly message: string;

  @Field(() => String, { description: 'What is wrong, for programs. Codes are stable; docs/recording.md lists them.' })
  readonly code: string;

  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

@ObjectType({ implements: Problem, description: 'The input cannot be recorded as it is.' })
export class InvalidInput extends Problem {
  constructor(code: string, message: string, field: readonly string[]) {
    super(code, message);
    this.field = field;
  }

  @Field(() => [String], {
    description: 'The path of the field that is at fault, within the input. Empty where it is the input as a whole.',
  })
  readonly field: readonly string[];
}

@ObjectType({ implements: Problem, description: 'What the input is about does not exist.' })
export class NotFound extends Problem {}

@ObjectType({
  implements: Problem,
  description: 'The input contradicts what was recorded before. Look at the present state, and decide anew.',
})
export class Conflict extends Problem {
  constructor(
    code: string,
    message: string,
    private readonly cause: { readonly actualRevision?: number | null; readonly current?: StoredEvent | null },
  ) {
    super(code, message);
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision that the stream really has, where that is the matter. Null also where there is no stream.',
  })
  get actualRevision(): number | null {
    return this.cause.actualRevision ?? null;
  }

  @Field(() => Event, {
    nullable: true,
    description:
      'The event that stands in the way: the current version of a replaced statement, a withdrawal, or what the idempotency key recorded.',
  })
  get currentEvent(): Event | null {
    return this.cause.current ? new Event(this.cause.current, null) : null;
  }
}

@ObjectType({
  description: 'It was recorded, and the read models include it. With validateOnly: it would be, and nothing was.',
})
export class Recorded {
  constructor(
    /** In the order of the log; empty with validateOnly. */
    readonly events: readonly StoredEvent[],
  ) {}

  @Field(() => Event, {
    nullable: true,
    description: 'The event. The first one, where several were recorded together. Null with validateOnly only.',
  })
  get event(): Event | null {
    const [first] = this.events;
    return first ? new Event(first, null) : null;
  }

  @Field(() => [Event], { description: 'All events that were recorded together, in order.' })
  get allEvents(): Event[] {
    return this.events.map((event) => new Event(event, null));
  }

  @Field(() => PositionScalar, {
    nullable: true,
    description:
      'The position of the last event recorded: ask for `at: {atLeast: …}` to read your own writes. Null with validateOnly only.',
  })
  get position(): number | null {
    return this.events.at(-1)?.position ?? null;
  }
}

export const RecordResult = createUnionType({
  name: 'RecordResult',
  description: 'What came of a request to record something.',
  types: () => [Recorded, InvalidInput, NotFound, Conflict] as const,
});
export type AnyProblem = InvalidInput | NotFound | Conflict;
export type RecordResult = Recorded | AnyProblem;

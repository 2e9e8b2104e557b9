import { Field, ID, InputType } from 'type-graphql';
import { eventTypeNames, isEventTypeName } from '../../events/event-types.js';
import type { EventQuery } from '../../src/event-store/port.js';
import { RequestError } from '../../src/time/request-error.js';
import { DateTimeScalar, PositionScalar } from '../scalars.js';

@InputType({ description: 'Which events. All conditions hold together.' })
export class EventFilter {
  @Field(() => [String], { nullable: true, description: 'Names of streams, such as `region-zeeland`.' })
  streams?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Types, such as `StatusCorrected`.' })
  types?: string[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first instant of recordedAt that counts.' })
  recordedFrom?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The first instant of recordedAt that no longer counts.',
  })
  recordedUntil?: string | null;

  @Field(() => PositionScalar, { nullable: true, description: 'Only events after this position.' })
  afterPosition?: number | null;

  @Field(() => ID, { nullable: true, description: 'Only what was recorded for one request.' })
  correlationId?: string | null;
}

/** @throws {RequestError} when a type does not exist or a range is empty. */
export function checkedEventFilter(filter: EventFilter | null | undefined): Omit<EventQuery, 'upToPosition'> {
  if (!filter) return {};
  const { streams, types, recordedFrom, recordedUntil, afterPosition, correlationId } = filter;
  const unknown = types?.find((type) => !isEventTypeName(type));
  if (unknown !== undefined) {
    const known = eventTypeNames.join(', ');
    throw new RequestError(
      'BAD_USER_INPUT',
      'filter.types',
      `There are no events of type '${unknown}'. The types are: ${known}.`,
    );
  }
  if (recordedFrom != null && recordedUntil != null && recordedUntil <= recordedFrom) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'filter.recordedUntil',
      'The range is empty: recordedUntil must come after recordedFrom.',
    );
  }
  return {
    ...(streams ? { streams } : {}),
    ...(types ? { types } : {}),
    ...(recordedFrom != null ? { recordedFrom } : {}),
    ...(recordedUntil != null ? { recordedUntil } : {}),
    ...(afterPosition != null ? { afterPosition } : {}),
    ...(correlationId != null ? { correlationId } : {}),
  };
}

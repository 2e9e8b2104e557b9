import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import { subjectOfStream } from '../../events/streams.js';
import type { Moment } from '../../src/time/moment.js';
import type { Context } from '../context.js';
import { Event } from '../log/event.js';
import { Recorded } from '../recording/record-result.js';
import { Subject } from './subject.js';
import { subjectNamed } from './to-subject.js';

/** The region or project that an event is about. Null: the event is about something else. */
async function subjectOfEvent(
  { stream }: StoredEvent,
  momentOf: () => Moment | Promise<Moment>,
  context: Context,
): Promise<Subject | null> {
  const name = subjectOfStream(stream);
  if (!name || name.kind === 'ORGANISATION') return null;
  return subjectNamed(name.kind, name.key, await momentOf(), context);
}

@Resolver(() => Event)
export class SubjectOfEvent {
  @FieldResolver(() => Subject, {
    nullable: true,
    description: 'The region or project that it is about, at the moment through which the event was reached.',
  })
  subject(@Root() { stored, seenFrom }: Event, @Ctx() context: Context): Promise<Subject | null> {
    return subjectOfEvent(stored, () => seenFrom ?? context.moment(null, 'at'), context);
  }
}

@Resolver(() => Recorded)
export class SubjectOfRecorded {
  @FieldResolver(() => Subject, {
    nullable: true,
    description:
      'The region or project that it is about, as it is now. Null where it is about something else, and with validateOnly.',
  })
  async subject(@Root() { events }: Recorded, @Ctx() context: Context): Promise<Subject | null> {
    const last = events.at(-1);
    return last ? subjectOfEvent(last, () => context.momentAfter(last, 'position'), context) : null;
  }
}

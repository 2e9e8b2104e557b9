import { isDeepStrictEqual } from 'node:util';
import type { NewEvent } from '../../events/envelope.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import { newWriteModel } from '../commands/write-model/builder.js';
import { checkEvent } from '../event-store/event-validation.js';
import type { EventStore, LoadResult } from '../event-store/port.js';
import { validateAgainstHistory, applyLog } from './validate-against-history.js';

type StreamEvent = NewEvent & { readonly stream: string };

/** An event of a file that leaves its time to the log. */
export type UndatedEvent = StreamEvent & {
  /** Where it stands in the file, from 1. */
  readonly line: number;
};

/** Events that cannot be recorded now. `line` is null where no single one is at fault. */
export class NotRecordedError extends PeildatumError {
  readonly code = 'NOT_RECORDED';

  constructor(
    readonly line: number | null,
    message: string,
  ) {
    super(message);
  }
}

type Log = Pick<EventStore, 'readAll' | 'byIds' | 'append'>;

/** All events are in memory and go into one append, during which nobody else can append. */
const MAX_EVENT_COUNT = 10_000;
/** Attempts, each of which validates the events anew after those that others appended meanwhile. */
const MAX_ATTEMPT_COUNT = 16;
const ID_BATCH_COUNT = 500;

/** Types that are recorded by their mutation only, because the mutation does more than record the event. */
const mutationByType: Readonly<Record<string, string>> = {
  PeriodPublished: `publishPeriod, which counts the cells that the publication keeps`,
  ActorErased: `eraseActor, which forgets the name too`,
};

/**
 * Records events now, in one append, validated by the rules after all events of the log. Nobody can append in between.
 * What the log holds already is compared and left alone.
 *
 * @param onValidate called with the line of the event that is validated next
 * @throws {NotRecordedError} {InvalidEventError} {RuleViolationError}
 */
export async function recordNow(
  log: Log,
  lines: AsyncIterable<UndatedEvent>,
  onValidate: (line: number) => void,
): Promise<LoadResult> {
  const events = await collect(lines);
  const known = newWriteModel();
  for (let attempt = 0; attempt < MAX_ATTEMPT_COUNT; attempt += 1) {
    await applyLog(log, known);
    const position = known.size();
    const added = await notYetIn(log, events);
    if (added.length > 0) {
      const model = newWriteModel(known);
      for (const { line, ...event } of added) {
        onValidate(line);
        checkEvent(event);
        validateAgainstHistory(event, model);
      }
      const { kind } = await log.append({
        events: added.map(({ line: _, ...event }) => event),
        expectedHead: position,
      });
      if (kind !== 'APPENDED') continue;
    }
    return { loaded: added.length, present: events.length - added.length };
  }
  throw new NotRecordedError(
    null,
    `Others recorded faster than the file could be judged, ${MAX_ATTEMPT_COUNT} times. Nothing was recorded; try again.`,
  );
}

async function collect(lines: AsyncIterable<UndatedEvent>): Promise<UndatedEvent[]> {
  const events: UndatedEvent[] = [];
  for await (const event of lines) {
    const mutation = mutationByType[event.type];
    if (mutation !== undefined) {
      throw new NotRecordedError(event.line, `${event.type} is not recorded from a file: use mutation ${mutation}.`);
    }
    if (events.length === MAX_EVENT_COUNT) {
      throw new NotRecordedError(event.line, `A file records at most ${MAX_EVENT_COUNT} events at once. Divide it.`);
    }
    events.push(event);
  }
  return events;
}

/** The events that the log does not hold and that do not repeat one before them. @throws {NotRecordedError} */
async function notYetIn(log: Log, events: readonly UndatedEvent[]): Promise<UndatedEvent[]> {
  const present = new Map<string, StreamEvent>();
  for (let from = 0; from < events.length; from += ID_BATCH_COUNT) {
    const ids = events.slice(from, from + ID_BATCH_COUNT).map(({ id }) => id);
    for (const event of await log.byIds(ids)) present.set(event.id, event);
  }
  return events.filter((event) => {
    const same = present.get(event.id);
    if (same && !saysTheSame(event, same)) {
      throw new NotRecordedError(event.line, `There is an event ${event.id} already, and it says something else.`);
    }
    present.set(event.id, event);
    return same === undefined;
  });
}

const contentOf = ({ stream, type, schemaVersion, actor, correlationId, causationId, data }: StreamEvent) => [
  stream,
  type,
  schemaVersion,
  actor,
  correlationId,
  causationId,
  data,
];

const saysTheSame = (a: StreamEvent, b: StreamEvent): boolean => isDeepStrictEqual(contentOf(a), contentOf(b));

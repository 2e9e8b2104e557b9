import { isDeepStrictEqual } from 'node:util';
import type { NewEvent } from '../../events/envelope.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import { newFacts } from '../commands/facts/learning.js';
import { checkEvent } from '../event-store/admission.js';
import type { EventStore, LoadResult } from '../event-store/port.js';
import { judge, learnFrom } from './judging.js';

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

/** One append holds the log for as long as it lasts, and its events are in memory. */
const MOST = 10_000;
/** How often the events are judged anew on what has come in between. */
const MAX_ATTEMPTS = 16;
/** Ids that the log is asked for at once. */
const IDS = 500;

/** What does more than the event says, and so has a mutation for it only. */
const ownMutation: Readonly<Record<string, string>> = {
  PeriodPublished: `publishPeriod, which counts the cells that the publication keeps`,
  ActorErased: `eraseActor, which forgets the name too`,
};

/**
 * Records events now, in one append: judged by the rules after all that the log holds, and only if nothing came in between.
 * What the log holds already is compared and left alone.
 *
 * @param onJudging called with the line of the event that is about to be judged
 * @throws {NotRecordedError} {InvalidEventError} {RuleViolationError}
 */
export async function recordNow(
  log: Log,
  lines: AsyncIterable<UndatedEvent>,
  onJudging: (line: number) => void,
): Promise<LoadResult> {
  const events = await collect(lines);
  const known = newFacts();
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    await learnFrom(log, known);
    const position = known.size();
    const added = await notYetIn(log, events);
    if (added.length > 0) {
      const facts = newFacts(known);
      for (const { line, ...event } of added) {
        onJudging(line);
        checkEvent(event);
        judge(event, facts);
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
    `Others recorded faster than the file could be judged, ${MAX_ATTEMPTS} times. Nothing was recorded; try again.`,
  );
}

async function collect(lines: AsyncIterable<UndatedEvent>): Promise<UndatedEvent[]> {
  const events: UndatedEvent[] = [];
  for await (const event of lines) {
    const mutation = ownMutation[event.type];
    if (mutation !== undefined) {
      throw new NotRecordedError(event.line, `${event.type} is not recorded from a file: use mutation ${mutation}.`);
    }
    if (events.length === MOST) {
      throw new NotRecordedError(event.line, `A file records at most ${MOST} events at once. Divide it.`);
    }
    events.push(event);
  }
  return events;
}

/** The events that the log does not hold and that do not repeat one before them. @throws {NotRecordedError} */
async function notYetIn(log: Log, events: readonly UndatedEvent[]): Promise<UndatedEvent[]> {
  const present = new Map<string, StreamEvent>();
  for (let from = 0; from < events.length; from += IDS) {
    const ids = events.slice(from, from + IDS).map(({ id }) => id);
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

import { type DomainEvent, decode } from '../../events/domain-event.js';
import type { EventTypeName } from '../../events/event-types.js';
import type { EventStore } from '../event-store/port.js';
import { ExpectedError } from '../../events/errors/expected-error.js';

type EventOf<T extends EventTypeName> = Extract<DomainEvent, { readonly type: T }>;

export type Publication = EventOf<'PeriodPublished'>;

const PAGE_EVENT_COUNT = 100;

/** Every event of a type up to a position, in order. Meant for types with few events. */
async function* eventsOf<T extends EventTypeName>(
  log: Pick<EventStore, 'find'>,
  type: T,
  upToPosition: number,
): AsyncGenerator<EventOf<T>> {
  for (let after = 0; ;) {
    const { events } = await log.find(
      { types: [type], upToPosition },
      { after, limit: PAGE_EVENT_COUNT, from: 'FIRST' },
    );
    for (const event of events) yield decode(event) as EventOf<T>;
    const last = events.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

/** The first publication of each period, in order. */
export async function firstPublications(log: Pick<EventStore, 'find'>, upTo: number): Promise<Publication[]> {
  const first = new Map<string, Publication>();
  for await (const event of eventsOf(log, 'PeriodPublished', upTo)) {
    if (!first.has(event.data.period)) first.set(event.data.period, event);
  }
  return [...first.values()];
}

/** The first publication of one period. @throws {ExpectedError} when the period is not published or not defined */
export async function firstPublicationOf(
  log: Pick<EventStore, 'find'>,
  period: string,
  upTo: number,
): Promise<Publication> {
  const publications = await firstPublications(log, upTo);
  const found = publications.find(({ data }) => data.period === period);
  if (found) return found;
  const defined: string[] = [];
  for await (const { data } of eventsOf(log, 'PeriodDefined', upTo)) defined.push(data.key);
  const published = publications.map(({ data }) => data.period).join(', ') || 'none';
  throw new ExpectedError(
    defined.includes(period)
      ? `Period '${period}' is not published yet, so its figures can still change. Published: ${published}.`
      : `There is no period '${period}'. Published: ${published}.`,
  );
}

/** The positions at which these periods were defined. */
export async function periodDefinitionPositions(
  log: Pick<EventStore, 'find'>,
  periods: ReadonlySet<string>,
  upTo: number,
): Promise<number[]> {
  const positions: number[] = [];
  for await (const { position, data } of eventsOf(log, 'PeriodDefined', upTo)) {
    if (periods.has(data.key)) positions.push(position);
  }
  return positions;
}

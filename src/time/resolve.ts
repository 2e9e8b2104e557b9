import type { StoredEvent } from '../../events/envelope.js';
import type { EventStore } from '../event-store/port.js';
import { refuseContradictions } from './contradictions.js';
import type { Moment, MomentRequest } from './moment.js';
import { RequestError } from './request-error.js';

/** The present as one request sees it: fixed once, so that all moments of the request agree (time rules 6 and 12). */
export interface Present {
  /** The date in the programme's zone. */
  readonly today: string;
  /** The clock, in stored form. */
  readonly now: string;
  /** The position up to which the read models were projected when the request began: where it answers when it pins nothing. */
  readonly projectedPosition: number;
}

export interface PeriodDates {
  readonly referenceDate: string;
  /** Position of the first publication; null while there is none. */
  readonly publishedAt: number | null;
}

export interface MomentSources {
  readonly log: Pick<EventStore, 'head' | 'positionAt' | 'byPositions'>;
  periodDates(key: string): Promise<PeriodDates | null>;
  /** Waits until the read models include the position; false when they did not within the time allowed. */
  waitForPosition(position: number): Promise<boolean>;
}

/**
 * Finds the place on both time axes that a request means.
 *
 * @param argument the name of the argument, for errors: 'at', 'from'
 * @throws {RequestError}
 */
export async function resolveMoment(
  at: MomentRequest,
  present: Present,
  sources: MomentSources,
  argument = 'at',
): Promise<Moment> {
  refuseContradictions(at, argument);
  const period = at.period == null ? null : await periodNamed(at.period, sources, argument);
  const asOf = period?.referenceDate ?? at.asOf ?? present.today;
  const pinned = at.asPublished
    ? publicationOf(at, period, argument)
    : await pinnedPosition(at, present, sources, argument);
  const position = pinned?.position ?? Math.max(present.projectedPosition, at.atLeast ?? 0);
  await waitFor(Math.max(position, at.atLeast ?? 0), present, sources, argument, at);
  const [event] = position === 0 ? [] : await sources.log.byPositions([position]);
  return {
    asOf,
    position,
    knownAt: event?.recordedAt ?? null,
    recordedAtStated: event?.recordedAtStated ?? false,
    periodKey: at.period ?? null,
    asPublished: at.asPublished ?? false,
    immutable: (period !== null || at.asOf != null) && (pinned?.settled ?? false),
  };
}

/**
 * The moment right after an event: today, and everything known up to the event. The log is not asked again for an event that is
 * at hand.
 *
 * @param argument the name of the argument, for errors
 * @throws {RequestError} STALE
 */
export async function momentAfter(
  { position, recordedAt, recordedAtStated }: Pick<StoredEvent, 'position' | 'recordedAt' | 'recordedAtStated'>,
  present: Present,
  sources: Pick<MomentSources, 'waitForPosition'>,
  argument: string,
): Promise<Moment> {
  if (position > present.projectedPosition) await waitForReadModels(position, sources, argument);
  return {
    asOf: present.today,
    position,
    knownAt: recordedAt,
    recordedAtStated,
    periodKey: null,
    asPublished: false,
    immutable: false,
  };
}

interface PinnedPosition {
  readonly position: number;
  /** No event to come can lie at or before it in system time. */
  readonly settled: boolean;
}

async function periodNamed(key: string, sources: MomentSources, argument: string): Promise<PeriodDates> {
  const period = await sources.periodDates(key);
  if (period) return period;
  throw new RequestError(
    'UNKNOWN_PERIOD',
    `${argument}.period`,
    `No period '${key}' is defined. See the field 'periods'.`,
  );
}

function publicationOf(at: MomentRequest, period: PeriodDates | null, argument: string): PinnedPosition {
  if (period?.publishedAt != null) return { position: period.publishedAt, settled: true };
  throw new RequestError(
    'PERIOD_NOT_PUBLISHED',
    `${argument}.asPublished`,
    `Period '${at.period}' has not been published. Leave out asPublished to see what is known of it now.`,
  );
}

async function pinnedPosition(
  at: MomentRequest,
  present: Present,
  { log }: MomentSources,
  argument: string,
): Promise<PinnedPosition | null> {
  if (at.position != null) return { position: at.position, settled: true };
  if (at.knownAt == null) return null;
  const head = await log.head();
  const last = head.recordedAt ?? '';
  if (at.knownAt > present.now && at.knownAt > last) {
    throw new RequestError(
      'KNOWN_AT_IN_FUTURE',
      `${argument}.knownAt`,
      `Nothing can be known at ${at.knownAt} yet: it is ${present.now}. Leave knownAt out to ask for what is known now.`,
    );
  }
  return { position: await log.positionAt(at.knownAt), settled: last > at.knownAt };
}

async function waitFor(
  position: number,
  present: Present,
  sources: MomentSources,
  argument: string,
  at: MomentRequest,
): Promise<void> {
  if (position <= present.projectedPosition) return;
  const { position: head } = await sources.log.head();
  if (position > head) {
    const name = at.position != null && at.position > head ? 'position' : 'atLeast';
    throw new RequestError(
      'POSITION_BEYOND_HEAD',
      `${argument}.${name}`,
      `The log ends at position ${head}; ${position} does not exist yet.`,
    );
  }
  await waitForReadModels(position, sources, argument);
}

async function waitForReadModels(
  position: number,
  { waitForPosition }: Pick<MomentSources, 'waitForPosition'>,
  argument: string,
): Promise<void> {
  if (await waitForPosition(position)) return;
  throw new RequestError(
    'STALE',
    argument,
    `The read models have not reached position ${position} in time. Try again; the field 'projections' shows how far they are.`,
  );
}

import { eventAt, type Log, type Moment } from './log.js';

/** A moment as a request asks for it. */
export interface MomentRequest {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly position?: string;
  readonly period?: string;
  readonly asPublished?: true;
}

/** Rule 6: the greatest position with recordedAt ≤ the instant. */
const positionAt = (log: Log, instant: string): number => log.filter(({ recordedAt }) => recordedAt <= instant).length;

const periodNamed = (log: Log, key: string) => {
  const defined = log.find((event) => event.type === 'PeriodDefined' && event.data.key === key);
  const published = log.find((event) => event.type === 'PeriodPublished' && event.data.period === key);
  if (defined?.type !== 'PeriodDefined') throw new Error(`Period '${key}' is not defined.`);
  return { referenceDate: defined.data.referenceDate, publishedAt: published?.position ?? null };
};

/** Where a request that contradicts nothing is answered, when today is this date. */
export function momentOf(log: Log, request: MomentRequest, today: string): Moment {
  const period = request.period === undefined ? null : periodNamed(log, request.period);
  const asOf = period?.referenceDate ?? request.asOf ?? today;
  if (request.asPublished) return { asOf, position: period?.publishedAt as number };
  if (request.position !== undefined) return { asOf, position: Number(request.position) };
  return { asOf, position: request.knownAt === undefined ? log.length : positionAt(log, request.knownAt) };
}

/** What the API tells of the moment at which it answered. */
export function shownMoment(log: Log, request: MomentRequest, today: string) {
  const { asOf, position } = momentOf(log, request, today);
  const event = position === 0 ? null : eventAt(log, position);
  const { knownAt } = request;
  // Rule 11: an answer by knownAt is settled once the log holds an event recorded later.
  const settled = knownAt !== undefined && log.some(({ recordedAt }) => recordedAt > knownAt);
  const pinned = request.position !== undefined || request.asPublished === true || settled;
  return {
    asOf,
    knownAt: event?.recordedAt ?? null,
    position: String(position),
    period: request.period === undefined ? null : { key: request.period },
    asPublished: request.asPublished ?? false,
    immutable: pinned && (request.asOf !== undefined || request.period !== undefined),
    beforeFirstEvent: position === 0,
    recordedAtStated: event?.recordedAtStated ?? false,
  };
}

import { InvalidEventError } from '../../events/errors/event-errors.js';
import { checkEvent, checkInstant, checkName } from './event-validation.js';
import { leafHash } from '../proofs/merkle/leaf-hash.js';
import { HistoryRefusedError } from './errors.js';
import { historicToStoredEvent } from './stored-event.js';
import type { HistoricEvent } from './port.js';

/** The last event of the log, as far as the next event of a history depends on it. */
export interface LogEnd {
  /** 0 while the log is empty. */
  readonly position: number;
  readonly recordedAt: string | null;
  /** Whether the last event was appended live. Stated times come before all live ones, so no stated time may follow. */
  readonly live: boolean;
  readonly idempotencyKey: string | null;
  readonly requestDigest: string | null;
}

export const EMPTY_LOG_END: LogEnd = {
  position: 0,
  recordedAt: null,
  live: false,
  idempotencyKey: null,
  requestDigest: null,
};

/** What the log holds of an event. */
export interface PresentEvent {
  readonly position: number;
  readonly revision: number;
  readonly appendedAt: string;
  readonly hash: Buffer;
}

function checkContent(event: HistoricEvent): void {
  checkEvent(event);
  checkInstant('recordedAt', event.recordedAt);
  if (typeof event.recordedAtStated !== 'boolean')
    throw new InvalidEventError('recordedAtStated must be true or false.');
  if (event.appendedAt !== null) checkInstant('appendedAt', event.appendedAt);
  checkName('The idempotency key', event.idempotencyKey);
  checkName('The digest of the request', event.requestDigest);
  if ((event.idempotencyKey === null) !== (event.requestDigest === null)) {
    throw new InvalidEventError('An idempotency key and the digest of its request come together.');
  }
}

/** The checks of all engines on an event of a history. @throws {HistoryRefusedError} UNSTORABLE */
export function checkHistoricEvent(event: HistoricEvent, index: number): void {
  try {
    checkContent(event);
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    throw new HistoryRefusedError(index, 'UNSTORABLE', error.message, { cause: error });
  }
}

/**
 * Time rule 7 for an event of a history that the log does not hold yet.
 * @param logWasLive whether the log held a live event when the load began. Such a log takes no history but one that
 * `continues` it.
 * @throws {HistoryRefusedError} LOG_IS_LIVE, OUT_OF_ORDER or IN_FUTURE
 */
export function checkHistoricTime(
  event: HistoricEvent,
  index: number,
  end: LogEnd,
  logWasLive: boolean,
  clock: string,
  continues = false,
): void {
  if (logWasLive && !(continues && event.position !== null)) {
    throw new HistoryRefusedError(
      index,
      'LOG_IS_LIVE',
      `The log holds live events already and cannot take event ${event.id}.`,
    );
  }
  if (end.live && event.recordedAtStated) {
    throw new HistoryRefusedError(
      index,
      'LOG_IS_LIVE',
      `Event ${event.id} states its recordedAt after an event that was appended live.`,
    );
  }
  if (end.recordedAt !== null && event.recordedAt < end.recordedAt) {
    throw new HistoryRefusedError(
      index,
      'OUT_OF_ORDER',
      `Event ${event.id} was recorded at ${event.recordedAt}, before its predecessor at ${end.recordedAt}.`,
    );
  }
  if (event.recordedAt > clock) {
    throw new HistoryRefusedError(
      index,
      'IN_FUTURE',
      `Event ${event.id} was recorded at ${event.recordedAt}, which is later than this machine's clock (${clock}).`,
    );
  }
}

/** An event that states its position or revision must get just that one. @throws {HistoryRefusedError} PLACE_DIFFERS */
export function checkPlace(event: HistoricEvent, index: number, position: number, revision: number): void {
  if ((event.position ?? position) === position && (event.revision ?? revision) === revision) return;
  const said = `position ${event.position ?? 'any'}, revision ${event.revision ?? 'any'}`;
  throw new HistoryRefusedError(
    index,
    'PLACE_DIFFERS',
    `Event ${event.id} says ${said}, but has position ${position} and revision ${revision} of '${event.stream}' here.`,
  );
}

/** The log holds an event with this id and another content. */
const eventDiffersError = (event: HistoricEvent, index: number): HistoryRefusedError =>
  new HistoryRefusedError(
    index,
    'EVENT_DIFFERS',
    `The log holds an event ${event.id} already, and it says something else.`,
  );

/** The idempotency key belongs to another request, elsewhere in the log. */
export const keyTakenError = (event: HistoricEvent, index: number): HistoryRefusedError =>
  new HistoryRefusedError(
    index,
    'UNSTORABLE',
    `Event ${event.id} bears idempotency key '${event.idempotencyKey}', which belongs to another request in the log.`,
  );

/**
 * An event that the log holds already must have the same content and place. Equal hashes are equal content: they cover
 * everything that is stored.
 * @throws {HistoryRefusedError} EVENT_DIFFERS or PLACE_DIFFERS
 */
export function checkPresentEvent(event: HistoricEvent, index: number, present: PresentEvent): void {
  if (!leafHash(historicToStoredEvent(event, present)).equals(present.hash)) throw eventDiffersError(event, index);
  checkPlace(event, index, present.position, present.revision);
}

/** Whether the event begins a request. The events of one request stand together, also where a shorter history ended among them. */
export const beginsRequest = ({ idempotencyKey, requestDigest }: HistoricEvent, end: LogEnd): boolean =>
  idempotencyKey !== null && (idempotencyKey !== end.idempotencyKey || requestDigest !== end.requestDigest);

/** The end of the log after an event of a history at that position. */
export const logEndAfter = (event: HistoricEvent, position: number): LogEnd => ({
  position,
  recordedAt: event.recordedAt,
  live: !event.recordedAtStated,
  idempotencyKey: event.idempotencyKey,
  requestDigest: event.requestDigest,
});

import type { CountedCell } from '../../../events/periods.js';
import type { StoredEvent } from '../../../events/envelope.js';
import type { EventStore } from '../../event-store/port.js';
import { definitionOf, type Command } from '../catalogue.js';
import { decide } from './decide.js';
import { expectedOf, readHistory } from './history.js';
import { newEvents } from './new-events.js';
import type { Refusal } from '../refusal.js';
import type { Request } from './request.js';
import { requestDigest } from './request-digest.js';
import type { KeyedMutex } from '../../concurrency/keyed-mutex.js';

/** Expected outcomes are values. */
export type Outcome =
  | { readonly kind: 'RECORDED'; readonly events: readonly StoredEvent[] }
  /** With validateOnly: history would take it. */
  | { readonly kind: 'VALID' }
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal }
  | { readonly kind: 'REVISION_CONFLICT'; readonly actual: number | null }
  /** The key stands for another request; these events are what that one recorded. */
  | { readonly kind: 'KEY_CONFLICT'; readonly events: readonly StoredEvent[] }
  /** Others recorded in the same stream faster than this could be decided, as often as it was tried. */
  | { readonly kind: 'CONTENDED'; readonly actual: number | null };

export interface Recorder {
  readonly log: EventStore;
  readonly mutexes: KeyedMutex;
  readonly newId: () => string;
  readonly newCorrelationId: () => string;
  /** Counts the cells that the publication of a period keeps, and says on what history: up to which position. */
  readonly countCells: (
    period: string,
  ) => Promise<{ readonly cells: readonly CountedCell[]; readonly position: number }>;
}

/** How often a decision is made anew on the history that has come in between. */
const MAX_ATTEMPTS = 16;

/**
 * Decides a command on the history as it is, and appends what follows from it: exactly once for an idempotency key, and
 * only if nothing was recorded in the stream meanwhile; else it is decided again on the new history. Conflicts are judged
 * before content, and a refusal binds no key.
 */
export const execute = (request: Request, recorder: Recorder): Promise<Outcome> =>
  recorder.mutexes.runExclusive(definitionOf(request.command).streams(request.command)[0] ?? '', () =>
    decideAndAppend(request, recorder),
  );

async function decideAndAppend(request: Request, recorder: Recorder): Promise<Outcome> {
  const { log, newId, newCorrelationId } = recorder;
  const { command, actor, idempotencyKey, expectedRevision, validateOnly } = request;
  const digest = requestDigest(request);
  const repeated = idempotencyKey === null ? null : await log.findRequest(idempotencyKey);
  if (repeated)
    return repeated.digest === digest ? recorded(repeated.events) : { kind: 'KEY_CONFLICT', events: repeated.events };
  const definition = definitionOf(command);
  const streams = definition.streams(command);
  const [target = ''] = streams;
  const correlationId = newCorrelationId();
  let actual: number | null = null;

  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const history = await readHistory(log, streams, definition.concernsParents(command));
    actual = history.revisions.get(target) ?? null;
    if (expectedRevision !== null && actual !== expectedRevision) return { kind: 'REVISION_CONFLICT', actual };
    const { counted, position } = await count(command, recorder);
    const decision = decide(history.model, counted);
    if (decision.kind === 'REFUSED') return decision;
    if (validateOnly) return { kind: 'VALID' };
    const result = await log.append({
      events: newEvents(decision.events, { actor, correlationId, newId }),
      // Of all that was read, not only of what is written: a region referred to may have gone meanwhile.
      expected: expectedOf(history),
      // A publication pins the very history that its cells were counted on.
      ...(position === null ? {} : { expectedHead: position }),
      ...(idempotencyKey === null ? {} : { request: { idempotencyKey, digest } }),
    });
    switch (result.kind) {
      case 'APPENDED':
      case 'REPEATED':
        return recorded(result.events);
      case 'KEY_CONFLICT':
        return { kind: 'KEY_CONFLICT', events: result.events };
      case 'DUPLICATE_EVENT':
        throw new Error(`Event id ${result.eventId} was given out twice.`);
      case 'HEAD_MOVED':
        break;
      case 'REVISION_CONFLICT':
        if (result.stream === target) actual = result.actual;
    }
  }
  return { kind: 'CONTENDED', actual };
}

const recorded = (events: readonly StoredEvent[]): Outcome => ({ kind: 'RECORDED', events });

/** Supplies what the read models have to say: the cells of a period that is to be published. */
async function count(
  command: Command,
  { countCells }: Recorder,
): Promise<{ counted: Command; position: number | null }> {
  if (command.kind !== 'PUBLISH_PERIOD') return { counted: command, position: null };
  const { cells, position } = await countCells(command.period);
  return { counted: { ...command, cells }, position };
}

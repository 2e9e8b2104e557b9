import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { StoredEvent } from '../../../events/envelope.js';
import type { Recorder } from '../execution/execute.js';
import { expectedOf } from '../execution/history.js';
import { newEvents } from '../execution/new-events.js';
import { decideAll, type Decided } from './decide-all.js';
import type { RowOutcome, StatementRow } from './row.js';

export interface ImportRequest {
  readonly rows: readonly StatementRow[];
  /** What was asked, as it was asked, with what could not become a row: a repetition is told by it. */
  readonly asked: unknown;
  /** Opaque id of who asks. */
  readonly actor: string;
  readonly idempotencyKey: string | null;
  /** Record the lines of which nothing is refused; else all or nothing is recorded. */
  readonly partial: boolean;
  /** A level that holds already says nothing new, whenever it was stated. */
  readonly changesOnly: boolean;
  /** Decide, record nothing. */
  readonly validateOnly: boolean;
  /** Lines of which something was refused already, before it could become a row. */
  readonly refusedLines: ReadonlySet<number>;
  /** Called with the number of rows that have been decided, each time that they are. */
  readonly onProgress?: (decided: number) => void;
}

/** Expected outcomes are values. */
export type ImportResult =
  /** `position` is that of the last event recorded, null where there is none. */
  | { readonly kind: 'DECIDED'; readonly rows: readonly RowOutcome[]; readonly position: number | null }
  /** The key stands for another request; these events are what that one recorded. */
  | { readonly kind: 'KEY_CONFLICT'; readonly events: readonly StoredEvent[] }
  /** Others recorded of the same subjects faster than this could be decided, as often as it was tried. */
  | { readonly kind: 'CONTENDED'; readonly actual: number | null };

/** How often everything is decided anew on the history that has come in between. */
const MAX_ATTEMPTS = 8;

/**
 * Decides many statements by the rules of single ones, and appends what follows from them together: with `partial` the
 * good lines, else everything or nothing. Only if nothing was recorded of any of the subjects meanwhile; else all is
 * decided again. A key is bound by recording, so a repetition is answered by what was decided then.
 */
export async function importRows(
  request: ImportRequest,
  { log, newId, newCorrelationId }: Pick<Recorder, 'log' | 'newId' | 'newCorrelationId'>,
): Promise<ImportResult> {
  const { rows, actor, idempotencyKey, validateOnly } = request;
  const digest = idempotencyKey === null ? '' : digestOf(request);
  const repeated = idempotencyKey === null ? null : await log.findRequest(idempotencyKey);
  if (repeated)
    return repeated.digest === digest ? asThen(repeated.events) : { kind: 'KEY_CONFLICT', events: repeated.events };
  const correlationId = newCorrelationId();
  let actual: number | null = null;

  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const decided = await decideAll(log, rows, { ...request, wholeLines: request.partial, before: null });
    const chosen = toRecord(request, decided);
    if (validateOnly || chosen.length === 0) return outcome(decided, chosen, []);
    const events = newEvents(
      chosen.map(({ event }) => event),
      { actor, correlationId, newId },
    );
    const result = await log.append({
      events,
      // Of all that was read, not only of what is written: what is unchanged, or referred to, was decided on it too.
      expected: expectedOf(decided),
      ...(idempotencyKey === null ? {} : { request: { idempotencyKey, digest } }),
    });
    switch (result.kind) {
      case 'APPENDED':
        return outcome(decided, chosen, result.events);
      case 'REPEATED':
        return asThen(result.events);
      case 'KEY_CONFLICT':
        return { kind: 'KEY_CONFLICT', events: result.events };
      case 'DUPLICATE_EVENT':
        throw new Error(`Event id ${result.eventId} was given out twice.`);
      case 'HEAD_MOVED':
        break;
      case 'REVISION_CONFLICT':
        actual = result.actual;
    }
  }
  return { kind: 'CONTENDED', actual };

  /** The first answer again: what was decided on the history before these events. */
  async function asThen(events: readonly StoredEvent[]): Promise<ImportResult> {
    const before = events[0]?.position ?? null;
    const decided = await decideAll(log, rows, { ...request, wholeLines: request.partial, before });
    return outcome(decided, toRecord(request, decided), events);
  }
}

interface Chosen {
  readonly index: number;
  readonly event: Extract<Decided['decisions'][number], { readonly kind: 'ACCEPTED' }>['event'];
}

/** The rows that are to be recorded, in that order. */
function toRecord({ rows, partial }: ImportRequest, { decisions, order, refusedLines }: Decided): Chosen[] {
  if (!partial && refusedLines.size > 0) return [];
  return order.flatMap((index) => {
    const decision = decisions[index];
    return decision?.kind === 'ACCEPTED' && !refusedLines.has(rows[index]?.line ?? 0)
      ? { index, event: decision.event }
      : [];
  });
}

function outcome({ decisions }: Decided, chosen: readonly Chosen[], events: readonly StoredEvent[]): ImportResult {
  const recorded = new Map(chosen.map(({ index }, place) => [index, events[place]]));
  const rows = decisions.map((decision, index): RowOutcome => {
    if (decision.kind !== 'ACCEPTED') return decision;
    const event = recorded.get(index);
    return event ? { kind: 'RECORDED', event } : { kind: 'ACCEPTED' };
  });
  return { kind: 'DECIDED', rows, position: events.at(-1)?.position ?? null };
}

/** Stands for what was asked and by whom. Whether it was only to be validated is left out: validating binds no key. */
function digestOf({ asked, actor, partial, changesOnly }: ImportRequest): string {
  const text = canonicalize({ kind: 'IMPORT', asked, actor, partial, changesOnly }) ?? '';
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

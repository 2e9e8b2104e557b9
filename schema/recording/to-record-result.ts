import type { Outcome } from '../../src/commands/execution/execute.js';
import type { Refusal, RefusalCode } from '../../src/commands/refusal.js';
import type { Context } from '../context.js';
import { type AnyProblem, Conflict, InvalidInput, NotFound, type RecordResult, Recorded } from './record-result.js';

/** Codes of refusals where something that the input names does not exist. */
const notFound: ReadonlySet<RefusalCode> = new Set(['NOT_REGISTERED', 'UNKNOWN_EVENT', 'UNKNOWN_PERIOD']);

/** Codes of refusals where an earlier event rules the input out: it could have been recorded before that event. */
const conflicts: ReadonlySet<RefusalCode> = new Set([
  'ALREADY_REGISTERED',
  'ALREADY_DEFINED',
  'ALREADY_RETIRED',
  'WITHDRAWN',
  'REPLACED',
]);

/** The outcome of a command as clients see it, once the read models include what was recorded. */
export async function toRecordResult(outcome: Outcome, context: Context): Promise<RecordResult> {
  switch (outcome.kind) {
    case 'RECORDED': {
      // The events are recorded, however long the read models take. A client that must see them asks for this position.
      await context.waitForPosition(outcome.events.at(-1)?.position ?? 0);
      return new Recorded(outcome.events);
    }
    case 'VALID':
      return new Recorded([]);
    case 'REFUSED':
      return toProblem(outcome.refusal, context);
    case 'REVISION_CONFLICT':
      return new Conflict(
        'REVISION_CONFLICT',
        `${revisionInWords(outcome.actual)} Look at what was recorded since, and send the request again if it still holds.`,
        {
          actualRevision: outcome.actual,
        },
      );
    case 'KEY_CONFLICT':
      return new Conflict(
        'IDEMPOTENCY_KEY_TAKEN',
        'The idempotency key was used for another request. Take a new key for a new request.',
        {
          current: outcome.events[0] ?? null,
        },
      );
    case 'CONTENDED':
      return new Conflict(
        'CONTENDED',
        `Others are recording in the same stream at this moment. ${revisionInWords(outcome.actual)} Send the request again.`,
        {
          actualRevision: outcome.actual,
        },
      );
  }
}

const revisionInWords = (actual: number | null): string =>
  actual === null ? 'The stream does not exist.' : `The stream is at revision ${actual}.`;

/** A refusal as clients see it. @param within the path, within the input, of the part that was refused */
export async function toProblem(
  refusal: Refusal,
  { log }: Context,
  within: readonly string[] = [],
): Promise<AnyProblem> {
  const { code, field, message, currentEvent } = refusal;
  if (notFound.has(code)) return new NotFound(code, message);
  if (conflicts.has(code)) {
    const [current] = currentEvent === undefined ? [] : await log.byIds([currentEvent]);
    return new Conflict(code, message, { current: current ?? null });
  }
  return new InvalidInput(code, message, [...within, ...(field === '' ? [] : field.split('.'))]);
}

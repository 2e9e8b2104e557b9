import { type DomainEvent, decode } from '../../events/domain-event.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';
import type { Evidence, Label } from '../../events/primitives.js';
import { streamOfSubject } from '../../events/streams.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { decodeId } from '../global-id.js';
import type { EvidenceInput, LabelInput } from './common-inputs.js';
import { InvalidInput, NotFound } from './results.js';

/** Something that the input names could not be found, or is not of the right kind. Thrown within a mutation, answered as a problem. */
export class UnreadableInputError extends PeildatumError {
  readonly code = 'UNREADABLE_INPUT';

  constructor(readonly problem: InvalidInput | NotFound) {
    super(problem.message);
  }
}

function idOf(text: string, field: string) {
  try {
    return decodeId(text, field);
  } catch (error) {
    if (error instanceof RequestError)
      throw new UnreadableInputError(new InvalidInput(error.code, error.message, [field]));
    throw error;
  }
}

/** The stream of the region or project with this id. @throws {UnreadableInputError} */
export function subjectStream(id: string): string {
  const named = idOf(id, 'subject');
  if (named.type === 'Region' || named.type === 'Project') {
    return streamOfSubject({ kind: named.type === 'Region' ? 'REGION' : 'PROJECT', key: named.key });
  }
  throw new UnreadableInputError(
    new InvalidInput('INVALID_ID', `'${id}' is the id of another thing, not of a region or a project.`, ['subject']),
  );
}

/** The event with this id. @throws {UnreadableInputError} */
export async function namedEvent(id: string, { log }: Context): Promise<DomainEvent> {
  const named = idOf(id, 'event');
  if (named.type !== 'Event') {
    throw new UnreadableInputError(
      new InvalidInput('INVALID_ID', `'${id}' is the id of another thing, not of an event.`, ['event']),
    );
  }
  const [stored] = await log.byIds([named.id]);
  if (!stored) throw new UnreadableInputError(new NotFound('UNKNOWN_EVENT', `The log has no event ${id}.`));
  return decode(stored);
}

export const evidenceOf = (evidence: readonly EvidenceInput[] | null | undefined): Evidence[] =>
  (evidence ?? []).map(({ title, locator, url }) => ({ title, locator: locator ?? null, url: url ?? null }));

export const labelOf = ({ nl, en }: LabelInput): Label => ({ nl, en: en ?? null });

export const groundsOf = ({ reason, evidence }: { reason?: string | null; evidence?: EvidenceInput[] | null }) => ({
  reason: reason ?? null,
  evidence: evidenceOf(evidence),
});

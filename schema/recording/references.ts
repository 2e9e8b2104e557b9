import { PeildatumError } from '../../events/errors/peildatum-error.js';
import { decode, type DomainEvent } from '../../events/domain-event.js';
import { streamOfSubject } from '../../events/streams.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { decodeId } from '../nodes/global-id.js';
import { InvalidInput, NotFound } from './record-result.js';

/** The input names something that does not exist, or that is of another kind. A mutation answers with the problem. */
export class InputReferenceError extends PeildatumError {
  readonly code = 'INPUT_REFERENCE';

  constructor(readonly problem: InvalidInput | NotFound) {
    super(problem.message);
  }
}

function idOf(text: string, field: string) {
  try {
    return decodeId(text, field);
  } catch (error) {
    if (error instanceof RequestError)
      throw new InputReferenceError(new InvalidInput(error.code, error.message, [field]));
    throw error;
  }
}

/** The stream of the region or project with this id. @throws {InputReferenceError} */
export function subjectStream(id: string): string {
  const named = idOf(id, 'subject');
  if (named.type === 'Region' || named.type === 'Project') {
    return streamOfSubject({ kind: named.type === 'Region' ? 'REGION' : 'PROJECT', key: named.key });
  }
  throw new InputReferenceError(
    new InvalidInput('INVALID_ID', `'${id}' is the id of another thing, not of a region or a project.`, ['subject']),
  );
}

/** The event with this id. @throws {InputReferenceError} */
export async function namedEvent(id: string, { log }: Context): Promise<DomainEvent> {
  const named = idOf(id, 'event');
  if (named.type !== 'Event') {
    throw new InputReferenceError(
      new InvalidInput('INVALID_ID', `'${id}' is the id of another thing, not of an event.`, ['event']),
    );
  }
  const [stored] = await log.byIds([named.id]);
  if (!stored) throw new InputReferenceError(new NotFound('UNKNOWN_EVENT', `The log has no event ${id}.`));
  return decode(stored);
}

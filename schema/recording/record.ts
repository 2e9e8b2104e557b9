import { eraseActor, type Erasure } from '../../src/authority/erase-actor.js';
import type { Command } from '../../src/commands/command.js';
import { execute } from '../../src/commands/execute.js';
import type { Request } from '../../src/commands/request.js';
import type { Context } from '../context.js';
import { toRecordResult } from './to-record-result.js';
import { InputReferenceError } from './references.js';
import { InvalidInput, type RecordResult } from './record-result.js';

/** What every input has of these. */
interface Recording {
  readonly idempotencyKey?: string | null;
  readonly validateOnly?: boolean | null;
  readonly expectedRevision?: number | null;
}

const MAX_KEY = 200;

/** What is wrong with an idempotency key; null: nothing. */
export const problemOfKey = (key: string | null): InvalidInput | null =>
  key === null || (key.length > 0 && key.length <= MAX_KEY)
    ? null
    : new InvalidInput('BAD_USER_INPUT', `An idempotency key has 1 to ${MAX_KEY} characters.`, ['idempotencyKey']);

/**
 * The one way through for everything that is recorded: may this be done, what is asked, what does history say, what came
 * of it.
 */
export async function record(
  context: Context,
  power: Command['kind'],
  input: Recording,
  command: () => Command | Promise<Command>,
): Promise<RecordResult> {
  const { actor } = context.authorise(power);
  const { idempotencyKey = null, expectedRevision = null } = input;
  const validateOnly = input.validateOnly ?? false;
  const wrongKey = problemOfKey(idempotencyKey);
  if (wrongKey) return wrongKey;
  try {
    const request = { command: await command(), actor, idempotencyKey, expectedRevision, validateOnly };
    return await toRecordResult(await carryOut(request, context), context);
  } catch (error) {
    if (error instanceof InputReferenceError) return error.problem;
    throw error;
  }
}

/** An erasure empties the vault too; everything else happens in the log alone. */
function carryOut(request: Request, { recorder, vault }: Context): Promise<Erasure> {
  const { command } = request;
  return command.kind === 'ERASE_ACTOR'
    ? eraseActor({ ...request, command }, vault, (each) => execute(each, recorder))
    : execute(request, recorder);
}

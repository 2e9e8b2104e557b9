import type { Command } from '../../src/commands/catalogue.js';
import { execute, type Outcome } from '../../src/commands/execution/execute.js';
import type { Request } from '../../src/commands/execution/request.js';
import type { Context } from '../context.js';
import { toRecordResult } from './to-record-result.js';
import { InputReferenceError } from './references.js';
import { InvalidInput, type RecordResult } from './record-result.js';

/** The fields of every input that are about the request itself. */
interface Recording {
  readonly idempotencyKey?: string | null;
  readonly validateOnly?: boolean | null;
  readonly expectedRevision?: number | null;
}

const MAX_KEY_CHARACTERS = 200;

/** The problem with an idempotency key. Null: it is valid. */
export const problemOfKey = (key: string | null): InvalidInput | null =>
  key === null || (key.length > 0 && key.length <= MAX_KEY_CHARACTERS)
    ? null
    : new InvalidInput('BAD_USER_INPUT', `An idempotency key has 1 to ${MAX_KEY_CHARACTERS} characters.`, [
        'idempotencyKey',
      ]);

/**
 * Every mutation goes through here: it authorises the client, reads the command from the input, executes it and answers with
 * the outcome.
 *
 * @param readCommand reads the command from the input. @throws {InputReferenceError}
 * @param executeRequest replaces the execution, where more than the log is to be changed. @throws {InputReferenceError}
 */
export async function record<C extends Command>(
  context: Context,
  permission: C['kind'],
  input: Recording,
  readCommand: () => C | Promise<C>,
  executeRequest: (request: Request & { readonly command: C }) => Promise<Outcome> = (request) =>
    execute(request, context.recorder),
): Promise<RecordResult> {
  const { actor } = context.authorise(permission);
  const { idempotencyKey = null, expectedRevision = null } = input;
  const validateOnly = input.validateOnly ?? false;
  const wrongKey = problemOfKey(idempotencyKey);
  if (wrongKey) return wrongKey;
  try {
    const request = { command: await readCommand(), actor, idempotencyKey, expectedRevision, validateOnly };
    return await toRecordResult(await executeRequest(request), context);
  } catch (error) {
    if (error instanceof InputReferenceError) return error.problem;
    throw error;
  }
}

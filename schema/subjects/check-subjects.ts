import type { SubjectKind } from '../../events/primitives.js';
import type { AnySubjectKind } from '../../events/streams.js';
import { registeredKeys } from '../../projections/statements/queries/subjects.js';
import { RequestError, type ProblemCode } from '../../src/time/request-error.js';
import type { Context } from '../context.js';

const unknown: Record<AnySubjectKind, { code: ProblemCode; what: string; field: string }> = {
  REGION: { code: 'UNKNOWN_REGION', what: 'region', field: 'regions' },
  PROJECT: { code: 'UNKNOWN_PROJECT', what: 'project', field: 'projects' },
  ORGANISATION: { code: 'UNKNOWN_ORGANISATION', what: 'organisation', field: 'organisations' },
};

/** @throws {RequestError} when one of the keys was never registered. */
export async function checkRegistered(
  kind: AnySubjectKind,
  keys: readonly string[],
  argument: string,
  { read }: Context,
): Promise<void> {
  const registered = await registeredKeys(read, kind, keys);
  const missing = keys.find((key) => !registered.has(key));
  if (missing === undefined) return;
  const { code, what, field } = unknown[kind];
  throw new RequestError(code, argument, `No ${what} '${missing}' is registered. The field '${field}' lists the keys.`);
}

/** @throws {RequestError} when one of the keys was never registered as a region or project, or as one of this kind. */
export async function checkSubjects(
  keys: readonly string[],
  kind: SubjectKind | null,
  argument: string,
  context: Context,
): Promise<void> {
  if (kind) return checkRegistered(kind, keys, argument, context);
  const found = new Set<string>();
  for (const each of ['REGION', 'PROJECT'] as const) {
    for (const key of await registeredKeys(context.read, each, keys)) found.add(key);
  }
  const missing = keys.find((key) => !found.has(key));
  if (missing === undefined) return;
  throw new RequestError('UNKNOWN_SUBJECT', argument, `Neither a region nor a project '${missing}' is registered.`);
}

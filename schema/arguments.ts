import type { SubjectKind } from '../events/primitives.js';
import { isReservedScale, type ReservedScale } from '../events/reserved-scales.js';
import type { AnySubjectKind } from '../events/streams.js';
import { registeredKeys } from '../projections/statements/queries/subjects.js';
import { RequestError, type ProblemCode } from '../src/time/request-error.js';
import type { Context } from './context.js';
import { scalesDefinedBy } from './scales/loaders.js';

/**
 * Names in arguments are checked against everything that is known at the request's present, so that a slip of the pen is an
 * error whatever moment is asked for. What was not known yet at that moment is then simply not there.
 */
export async function checkScale(key: string, argument: string, context: Context): Promise<void> {
  if (isReservedScale(key)) return;
  const scales = await scalesDefinedBy(context.present.projectedPosition, context);
  if (scales.some((scale) => scale.key === key)) return;
  const known = scales.map((scale) => scale.key).join(', ') || 'none';
  throw new RequestError('UNKNOWN_SCALE', argument, `No scale '${key}' is defined. Defined are: ${known}.`);
}

const reservedFor: Readonly<Partial<Record<ReservedScale, SubjectKind>>> = { parent: 'REGION', regions: 'PROJECT' };

/**
 * A scale that assesses the other kind of subject would give an empty answer that passes for one.
 * @throws {RequestError} when the scale is unknown, or does not assess this kind of subject.
 */
export async function checkScaleFits(
  scale: string,
  kind: SubjectKind,
  argument: string,
  context: Context,
): Promise<void> {
  await checkScale(scale, argument, context);
  const defined = (await scalesDefinedBy(context.present.projectedPosition, context)).find(({ key }) => key === scale);
  const of = isReservedScale(scale) ? (reservedFor[scale] ?? kind) : (defined?.subjectKind ?? kind);
  if (of === kind) return;
  throw new RequestError(
    'SCALE_DOES_NOT_FIT',
    argument,
    `Scale '${scale}' assesses subjects of kind ${of}, not ${kind}.`,
  );
}

/** @throws {RequestError} when the scale is unknown, or has no such level. On reserved scales any value may be meant. */
export async function checkLevels(
  scale: string,
  levels: readonly string[],
  argument: string,
  context: Context,
): Promise<void> {
  await checkScale(scale, argument, context);
  if (scale === 'care-office') return checkRegistered('ORGANISATION', levels, argument, context);
  if (isReservedScale(scale)) return;
  const known =
    (await scalesDefinedBy(context.present.projectedPosition, context)).find(({ key }) => key === scale)?.levels ?? [];
  for (const level of levels) {
    if (known.some(({ key }) => key === level)) continue;
    const choices = known.map(({ key }) => key).join(', ');
    throw new RequestError(
      'UNKNOWN_LEVEL',
      argument,
      `Scale '${scale}' has no level '${level}'. Its levels are: ${choices}.`,
    );
  }
}

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

/** The same for keys that may be of a region or of a project. */
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

import type { SubjectKind } from '../../events/primitives.js';
import { isReservedScale, type ReservedScale } from '../../events/reserved-scales.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { scalesDefinedBy } from './loaders.js';
import { checkRegistered } from '../subjects/check-subjects.js';

/**
 * Refuses a scale that is not defined at the request's present, whatever moment is asked for: a misspelt key is always an
 * error. For a scale that was defined after that moment the answer is empty.
 *
 * @throws {RequestError} UNKNOWN_SCALE
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
 * Refuses a scale that assesses the other kind of subject: the answer would be empty, and look like a true one.
 *
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

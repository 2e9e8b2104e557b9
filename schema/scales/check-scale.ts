import type { SubjectKind } from '../../events/primitives.js';
import { isReservedScale, type ReservedScale } from '../../events/reserved-scales.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { scalesDefinedBy } from './loaders.js';
import { checkRegistered } from '../subjects/check-subjects.js';

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

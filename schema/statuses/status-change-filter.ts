import { Field, ID, InputType } from 'type-graphql';
import type { StatusChangeQuery } from '../../projections/statements/queries/status-changes.js';
import { RequestError } from '../../src/time/request-error.js';
import { checkLevels, checkScale } from '../scales/check-scale.js';
import { checkSubjects } from '../subjects/check-subjects.js';
import type { Context } from '../context.js';
import { Basis } from './basis.js';
import { Direction } from './direction.js';
import { SubjectKind } from '../subjects/subject-kind.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';

@InputType({ description: 'Which status changes. All conditions hold together.' })
export class StatusChangeFilter {
  @Field(() => SubjectKind, { nullable: true, description: 'Of regions, or of projects.' })
  subjectKind?: keyof typeof SubjectKind | null;

  @Field(() => [ID], { nullable: true, description: 'Keys of subjects.' })
  keys?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Keys of scales, reserved ones too. Default: all scales that assess the kind of subject.',
  })
  scales?: string[] | null;

  @Field(() => [Direction], { nullable: true, description: 'Which way the level went.' })
  direction?: (keyof typeof Direction)[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Keys of levels before. Exactly one scale must be named with them.',
  })
  from?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Keys of levels after. Exactly one scale must be named with them.',
  })
  to?: string[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'The first date of the change that counts.' })
  effectiveFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The first date of the change that no longer counts.' })
  effectiveUntil?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first instant of knownFrom that counts.' })
  recordedFrom?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first instant of knownFrom that no longer counts.' })
  recordedUntil?: string | null;

  @Field(() => [Basis], {
    nullable: true,
    description: 'How the new level is known. A LEAVE has no basis, and never counts with this.',
  })
  basis?: (keyof typeof Basis)[] | null;

  @Field(() => [ID], { nullable: true, description: 'Ids of the actors who recorded it.' })
  recordedBy?: string[] | null;
}

const emptyRange = (from: string | null | undefined, until: string | null | undefined): boolean =>
  from != null && until != null && until <= from;

/** The filter with its names checked and its defaults filled in. @throws {RequestError} */
export async function checkedChangeFilter(
  filter: StatusChangeFilter | null | undefined,
  context: Context,
): Promise<Omit<StatusChangeQuery, 'position' | 'includeSuperseded'>> {
  const { subjectKind, keys, scales, direction, from, to, basis, recordedBy, ...ranges } = filter ?? {};
  for (const scale of scales ?? []) await checkScale(scale, 'filter.scales', context);
  if (keys) await checkSubjects(keys, subjectKind ?? null, 'filter.keys', context);
  for (const [argument, levels] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!levels) continue;
    const [scale, ...others] = scales ?? [];
    if (scale === undefined || others.length > 0) {
      throw new RequestError(
        'BAD_USER_INPUT',
        `filter.${argument}`,
        'Level keys mean something on one scale only: name exactly one in filter.scales.',
      );
    }
    await checkLevels(scale, levels, `filter.${argument}`, context);
  }
  if (emptyRange(ranges.effectiveFrom, ranges.effectiveUntil)) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'filter.effectiveUntil',
      'The range is empty: effectiveUntil must come after effectiveFrom.',
    );
  }
  if (emptyRange(ranges.recordedFrom, ranges.recordedUntil)) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'filter.recordedUntil',
      'The range is empty: recordedUntil must come after recordedFrom.',
    );
  }
  return {
    subjectKind: subjectKind ?? undefined,
    keys: keys ?? undefined,
    scales: scales ?? undefined,
    assessedOnly: !scales,
    direction: direction ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
    basis: basis ?? undefined,
    recordedBy: recordedBy ?? undefined,
    effectiveFrom: ranges.effectiveFrom ?? undefined,
    effectiveUntil: ranges.effectiveUntil ?? undefined,
    recordedFrom: ranges.recordedFrom ?? undefined,
    recordedUntil: ranges.recordedUntil ?? undefined,
  };
}

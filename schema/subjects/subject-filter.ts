import { Field, ID, InputType } from 'type-graphql';
import type { SubjectKind } from '../../events/primitives.js';
import type { SubjectFilter as Filter } from '../../projections/statements/queries/population.js';
import { checkLevels, checkScaleFits } from '../scales/check-scale.js';
import { checkRegistered } from './check-subjects.js';
import type { Context } from '../context.js';

@InputType({ description: 'A condition on the level on a scale.' })
export class Predicate {
  @Field(() => ID, { description: 'Key of the scale.' })
  scale!: string;

  @Field(() => [ID], { description: 'Keys of levels: one of them holds.' })
  in!: string[];
}

@InputType({ description: 'Which subjects. All conditions hold together, and are judged at the moment asked for.' })
export class SubjectFilter {
  @Field(() => [ID], { nullable: true, description: 'Keys of the subjects.' })
  keys?: string[] | null;

  @Field(() => [Predicate], { nullable: true, description: 'Levels on scales.' })
  where?: Predicate[] | null;

  @Field(() => String, { nullable: true, description: 'Part of the name, without regard to case.' })
  nameContains?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Keys of organisations: one of them is the care office.' })
  careOffice?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Keys of regions. Regions: these and their subregions. Projects: those carried out in one of these or their subregions.',
  })
  region?: string[] | null;
}

/** The filter with its names checked. @throws {RequestError} */
export async function checkedFilter(
  filter: SubjectFilter | null | undefined,
  kind: SubjectKind,
  context: Context,
): Promise<Filter> {
  if (!filter) return {};
  const { keys, where, nameContains, careOffice, region } = filter;
  if (keys) await checkRegistered(kind, keys, 'filter.keys', context);
  for (const [index, { scale, in: levels }] of (where ?? []).entries()) {
    await checkScaleFits(scale, kind, `filter.where[${index}].scale`, context);
    await checkLevels(scale, levels, `filter.where[${index}].in`, context);
  }
  if (careOffice) await checkRegistered('ORGANISATION', careOffice, 'filter.careOffice', context);
  if (region) await checkRegistered('REGION', region, 'filter.region', context);
  return {
    ...(keys ? { keys } : {}),
    ...(where ? { where } : {}),
    ...(nameContains ? { nameContains } : {}),
    ...(careOffice ? { careOffice } : {}),
    ...(region ? { region } : {}),
  };
}

import { Arg, Field, ID, Int, ObjectType } from 'type-graphql';
import type { Point } from '../../projections/point.js';
import { Language, inLanguage, languageArgument } from '../language.js';
import { SubjectKind } from '../subjects/subject-kind.js';
import type { GlobalId } from '../nodes/global-id.js';
import { Node } from '../nodes/node.js';
import type { ResolvedLevel, ResolvedScale } from './resolved-scale.js';
import { defineEnum } from '../enum.js';

export const ScaleKind = defineEnum('ScaleKind', 'Whether the levels of a scale have a rank.', {
  ORDINAL: 'The levels are ranked: a change to a higher one is an advance.',
  NOMINAL: 'The levels are classes without a rank: every change between them is lateral.',
});

@ObjectType({
  implements: Node,
  description:
    'What levels are stated on. The phase scales and the attributes of projects are defined by events; the reserved scales `existence`, `name`, `care-office`, `parent` and `regions` hold what varies about any subject.',
})
export class Scale extends Node {
  constructor(
    private readonly resolved: ResolvedScale,
    private readonly point: Point,
  ) {
    super();
  }

  protected override get globalId(): GlobalId {
    return { type: 'Scale', key: this.key, subjectKind: this.subjectKind, point: this.point };
  }

  @Field(() => ID, { description: 'The readable name, such as `agreements`.' })
  get key(): string {
    return this.resolved.key;
  }

  @Field(() => ScaleKind, { description: 'Whether its levels are ranked.' })
  get kind(): 'ORDINAL' | 'NOMINAL' {
    return this.resolved.kind;
  }

  @Field(() => SubjectKind, {
    description: 'What it assesses. A reserved scale applies to both kinds, and shows the one it was reached through.',
  })
  get subjectKind(): 'REGION' | 'PROJECT' {
    return this.resolved.subjectKind;
  }

  @Field(() => String, { description: 'What the scale is called.' })
  label(@Arg('language', () => Language, languageArgument) language: Language | null): string {
    return inLanguage(this.resolved.label, language);
  }

  @Field(() => [Level], {
    description:
      'Its levels in order; lowest first on an ordinal scale. Empty on a reserved scale on which any value can be stated.',
  })
  get levels(): Level[] {
    return this.resolved.levels.map((level) => new Level(level));
  }
}

@ObjectType({ description: 'A step of an ordinal scale, a class of a nominal one, or a value on a reserved one.' })
export class Level {
  constructor(private readonly resolved: ResolvedLevel) {}

  @Field(() => ID, {
    description: 'The readable name within the scale: `1` to `5` on the phase scales, a slug elsewhere.',
  })
  get key(): string {
    return this.resolved.key;
  }

  @Field(() => Int, { nullable: true, description: 'The place on an ordinal scale, from 1. Null on a nominal one.' })
  get rank(): number | null {
    return this.resolved.rank;
  }

  @Field(() => String, { description: 'What the level is called.' })
  label(@Arg('language', () => Language, languageArgument) language: Language | null): string {
    return inLanguage(this.resolved.label, language);
  }

  @Field(() => String, { nullable: true, description: 'When the level applies.' })
  definition(@Arg('language', () => Language, languageArgument) language: Language | null): string | null {
    return this.resolved.definition && inLanguage(this.resolved.definition, language);
  }
}

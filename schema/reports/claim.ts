import { Arg, Field, Float, ID, ObjectType } from 'type-graphql';
import type { PrintedClaim } from '../../events/reports.js';
import { claimVerdict } from '../../projections/reports/claim-verdict.js';
import type { Figures } from '../../projections/reports/figures.js';
import { Language, inLanguage, languageArgument } from '../language.js';
import { defineEnum } from '../enum.js';

export const ClaimVerdict = defineEnum('ClaimVerdict', 'What the history says of a sentence that states a figure.', {
  HOLDS:
    'It is true as it is qualified: exactly the figure; at most 5 percent below it where the sentence says "nearly"; at most 10 percent above it where it says "over".',
  ROUNDED: 'It is off by less than one unit of the last digit that the sentence gives.',
  CONTRADICTED: 'The history gives another figure.',
  NOT_COMPUTABLE: 'The history does not hold what the sentence counts.',
});

export const Qualifier = defineEnum('Qualifier', 'How a sentence qualifies its figure.', {
  EXACTLY: 'Without reserve.',
  ABOUT: 'As a round figure.',
  NEARLY: 'As a little less than the figure ("bijna").',
  OVER: 'As a little more than the figure ("ruim").',
});

@ObjectType({ description: 'A sentence of a report that states a figure, held against the history.' })
export class Claim {
  constructor(
    private readonly printed: PrintedClaim,
    private readonly figures: Figures,
  ) {}

  @Field(() => ID, { description: 'The readable name within the report, such as `C1`.' })
  get key(): string {
    return this.printed.key;
  }

  @Field(() => String, { description: 'What is claimed.' })
  text(@Arg('language', () => Language, languageArgument) language: Language | null): string {
    return inLanguage(this.printed.text, language);
  }

  @Field(() => Float, { description: 'The figure claimed, in `unit`.' })
  get claimed(): number {
    return this.printed.claimed;
  }

  @Field(() => Qualifier, { description: 'How the sentence qualifies it.' })
  get qualifier(): keyof typeof Qualifier {
    return this.printed.qualifier;
  }

  @Field(() => Float, {
    nullable: true,
    description:
      'The figure by today’s program, at the log position that the period’s publication pinned. Null: not computable.',
  })
  get computed(): number | null {
    return this.figures.rebuilt;
  }

  @Field(() => Float, { nullable: true, description: 'The figure by what is known at the moment of the request.' })
  get knownNow(): number | null {
    return this.figures.knownNow;
  }

  @Field(() => String, {
    description: 'The formula that it is computed by; empty where no count of subjects gives it.',
  })
  get formula(): string {
    return this.printed.formula ?? '';
  }

  @Field(() => String, { description: 'What the figure counts, such as `percent` or `projects`.' })
  get unit(): string {
    return this.printed.unit;
  }

  @Field(() => ClaimVerdict, { description: 'What the history says of it.' })
  get verdict(): keyof typeof ClaimVerdict {
    return claimVerdict(this.printed.claimed, this.printed.qualifier, this.figures.rebuilt);
  }

  @Field(() => String, { nullable: true, description: 'Why it is not computable. Null where it is.' })
  get problem(): string | null {
    return this.figures.problem;
  }

  @Field(() => String, { description: 'Where the sentence stands.' })
  get source(): string {
    return this.printed.source;
  }
}

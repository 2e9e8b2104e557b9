import { Arg, Ctx, Field, ID, ObjectType } from 'type-graphql';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import { timelineAt } from '../../projections/statements/queries/history.js';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import type { Context } from '../context.js';
import { Language, languageArgument } from '../language.js';
import type { GlobalId } from '../nodes/global-id.js';
import { Node } from '../nodes/node.js';
import { historyOfSubject } from './loaders.js';

@ObjectType({
  implements: Node,
  description:
    'An organisation that holds the concession for long-term care in a region (zorgkantoor, concessiehouder), as known at a moment.',
})
export class Organisation extends Node {
  constructor(
    private readonly view: SubjectView,
    private readonly at: ResolvedMoment,
  ) {
    super();
  }

  protected override get globalId(): GlobalId {
    return { type: 'Organisation', key: this.key, point: this.at };
  }

  @Field(() => ID, {
    description:
      'The readable name through all time, such as `zilveren-kruis`: it stays when the organisation is renamed.',
  })
  get key(): string {
    return this.view.key;
  }

  @Field(() => String, { description: 'The name at the moment.' })
  name(
    @Arg('language', () => Language, {
      ...languageArgument,
      description: 'Names are proper names: they are the same in every language.',
    })
    _language: Language | null,
  ): string {
    return this.view.name;
  }

  @Field(() => [String], { description: 'The names that it bore before the one at the moment, oldest first.' })
  async formerNames(@Ctx() context: Context): Promise<string[]> {
    const history = await historyOfSubject(this.view.id, this.at.position, context);
    if (!history) return [];
    const borne = timelineAt(history, 'name', this.at.position)
      .filter(({ since }) => since <= this.at.asOf)
      .map(({ version }) => version.level);
    return [...new Set(borne)].filter((name) => name !== this.view.name);
  }
}

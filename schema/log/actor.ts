import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import type { Context } from '../context.js';
import { defineLoader, sameKey } from '../loaders.js';

const actorName = defineLoader({
  nameOf: sameKey<string>,
  fetch: (actors, { vault }) => vault.namesOf(actors),
});

@ObjectType({
  description: 'Who recorded something. The log holds an opaque id only; names are kept beside it and can be erased.',
})
export class Actor {
  constructor(actor: string) {
    this.id = actor;
  }

  @Field(() => ID, { description: 'Opaque and stable.' })
  readonly id: string;

  @Field(() => String, { nullable: true, description: 'The name, where one is known and has not been erased.' })
  name(@Ctx() context: Context): Promise<string | null> {
    // A name can be erased at any time, so an answer that holds one is never immutable (time rule 11).
    context.caching.dependsOn('HEAD');
    return actorName(this.id, context);
  }
}

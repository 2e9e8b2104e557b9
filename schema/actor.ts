import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Who recorded something. The log holds an opaque id only; names are kept beside it and can be erased.' })
export class Actor {
  constructor(actor: string) {
    this.id = actor;
  }

  @Field(() => ID, { description: 'Opaque and stable.' })
  readonly id: string;

  @Field(() => String, { nullable: true, description: 'The name, where one is known and has not been erased.' })
  get name(): string | null {
    return null;
  }
}

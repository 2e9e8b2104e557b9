import { Field, ID, InterfaceType } from 'type-graphql';
import { type GlobalId, encodeId } from './global-id.js';

@InterfaceType({
  description:
    'Anything with an id of its own. For what varies in time the id includes the moment, so that a cache keeps two moments of one thing apart.',
})
export abstract class Node {
  /** What the id names. */
  protected abstract get globalId(): GlobalId;

  @Field(() => ID, {
    description:
      'Opaque and globally unique. `node(id)` finds the same thing at the same moment; inputs accept it at any moment.',
  })
  get id(): string {
    return encodeId(this.globalId);
  }
}

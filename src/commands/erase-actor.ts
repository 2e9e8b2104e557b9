import { actorStream } from '../../events/actors.js';
import { defineCommand, type Grounds } from './define-command.js';
import { defineRules } from './define-rules.js';
import { optionalGrounds } from './optional-grounds.js';
import { propose } from './proposed-event.js';

export interface EraseActor extends Grounds {
  readonly kind: 'ERASE_ACTOR';
  readonly actor: string;
  readonly reason: string;
}

/** Records that an actor is erased. Emptying the vault is up to src/authority, which does both in their order. */
export const eraseActor = defineCommand({
  kind: 'ERASE_ACTOR',
  role: 'administrator',
  records: ['ActorErased'],
  streams: ({ actor }: EraseActor) => [actorStream(actor)],
  decide(command) {
    const { actor, reason } = command;
    return [propose('ActorErased', actorStream(actor), { actor, ...optionalGrounds(command), reason })];
  },
});

export const actorErasedRules = defineRules('ActorErased');

import { Type, type Static } from 'typebox';
import { closed, EvidenceList, FreeText } from './primitives.js';

/** An opaque name for who did something. People's names and addresses are kept beside the log, never in it. */
const ActorId = Type.String({ pattern: '^[A-Za-z0-9:_.-]+$', minLength: 1, maxLength: 100 });

/** The vault entry of this actor was emptied. The events that carry the id stay as they are. */
export const ActorErased = Type.Object(
  { actor: ActorId, reason: FreeText, evidence: Type.Optional(EvidenceList) },
  closed,
);
export type ActorErased = Static<typeof ActorErased>;

export const actorStream = (id: string) => `actor-${id}`;

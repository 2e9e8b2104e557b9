import { Type } from 'typebox';
import { defineEvent } from './define-event.js';
import { firstVersion } from './schema-versions.js';
import { namedBy } from './home-stream.js';
import { closed, EvidenceList, FreeText } from './primitives.js';

/** An opaque name for who did something. People's names and addresses are kept beside the log, never in it. */
const ActorId = Type.String({ pattern: '^[A-Za-z0-9:_.-]+$', minLength: 1, maxLength: 100 });

export const actorStream = (id: string) => `actor-${id}`;

export const ActorErased = defineEvent('ActorErased', {
  meaning: 'The vault entry of an actor was emptied. The events that carry the id stay as they are.',
  versions: firstVersion(
    Type.Object({ actor: ActorId, reason: FreeText, evidence: Type.Optional(EvidenceList) }, closed),
  ),
  home: namedBy(actorStream, 'actor'),
});

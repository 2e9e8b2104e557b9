import { decodeContent } from '../../../events/domain-event.js';
import { type EventData, type EventTypeName, currentVersion } from '../../../events/event-types.js';
import type { Evidence } from '../../../events/primitives.js';
import type { ProposedEvent } from '../../../src/commands/proposed-event.js';
import type { WriteModel } from '../../../src/commands/write-model/write-model.js';
import { newWriteModel } from '../../../src/commands/write-model/builder.js';
import { evaluateRules } from '../../../src/commands/rules/evaluate.js';
import type { Append } from '../../../src/event-store/port.js';

type Written = Append['events'][number];

/** Writes a history event by event. What the rules of recording refuse is not written: what is, is legal. */
export interface Pen {
  readonly model: WriteModel;
  write<T extends EventTypeName>(stream: string, type: T, data: EventData[T], actor?: string): void;
  /** The evidence that an event gave. */
  evidenceOf(eventId: string): Evidence[];
  /** The events written since the last time, which happen together. */
  take(): readonly Written[];
  readonly refused: ReadonlyMap<string, number>;
}

/** UUIDv7s that are the same for the same history, so that a failing one can be played again. */
const eventId = (number: number): string => `018c0000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

export function newPen(): Pen {
  const model = newWriteModel();
  const refused = new Map<string, number>();
  const evidences = new Map<string, Evidence[]>();
  let written: Written[] = [];
  let count = 0;

  return {
    model,
    refused,
    write(stream, type, data, actor = 'anna') {
      const schemaVersion = currentVersion(type);
      const candidate = { ...decodeContent({ type, schemaVersion, data }), stream } as ProposedEvent;
      const why = evaluateRules(model, candidate);
      if (why) {
        refused.set(why.code, (refused.get(why.code) ?? 0) + 1);
        return;
      }
      count += 1;
      const event = { id: eventId(count), stream, type, schemaVersion, actor };
      model.apply({ ...candidate, id: event.id });
      if ('evidence' in candidate.data) evidences.set(event.id, candidate.data.evidence);
      written.push({ ...event, correlationId: 'generated', causationId: null, data });
    },
    evidenceOf: (eventId) => evidences.get(eventId) ?? [],
    take() {
      const taken = written;
      written = [];
      return taken;
    },
  };
}

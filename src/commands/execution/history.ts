import { decode } from '../../../events/domain-event.js';
import type { StoredEvent } from '../../../events/envelope.js';
import { causeOfFailure } from '../../../events/malformed-event.js';
import { regionStream } from '../../../events/subjects.js';
import { subjectOfStream } from '../../../events/streams.js';
import type { EventStore, ExpectedRevision } from '../../event-store/port.js';
import { versionsOn, type WriteModel } from '../write-model/write-model.js';
import { newWriteModel, type WriteModelBuilder } from '../write-model/builder.js';

/** What some streams of the log say, and how far each was read. */
export interface History {
  readonly model: WriteModel;
  /** Every stream that was read with the revision of its last event; null where the stream does not exist. */
  readonly revisions: ReadonlyMap<string, number | null>;
}

/** The revisions as an append is to find them: what was decided on them holds no longer if any has moved on. */
export const expectedOf = ({ revisions }: Pick<History, 'revisions'>): Map<string, ExpectedRevision> =>
  new Map([...revisions].map(([stream, revision]) => [stream, revision ?? 'NO_STREAM']));

const PAGE_COUNT = 500;

/**
 * Reads streams into a write model.
 *
 * @param upwards where a region is among them, read those above it too: a region must not come to be above itself
 * @param before a position: what came to be known there and later is left out. Null: nothing is.
 */
export async function readHistory(
  log: Pick<EventStore, 'readStream'>,
  streams: readonly string[],
  upwards: boolean,
  before: number | null = null,
): Promise<History> {
  const model = newWriteModel();
  const revisions = new Map<string, number | null>();
  const waiting = [...streams];
  for (let stream = waiting.shift(); stream !== undefined; stream = waiting.shift()) {
    if (revisions.has(stream)) continue;
    let revision = -1;
    for (;;) {
      const read = await log.readStream(stream, revision, PAGE_COUNT);
      const page = before === null ? read : read.filter(({ position }) => position < before);
      applyAll(page, model);
      const last = page.at(-1);
      if (!last) break;
      revision = last.revision;
    }
    revisions.set(stream, revision < 0 ? null : revision);
    if (!upwards || subjectOfStream(stream)?.kind !== 'REGION') continue;
    waiting.push(...versionsOn(model.subject(stream), 'parent').map(({ level }) => regionStream(level)));
  }
  return { model, revisions };
}

function applyAll(events: readonly StoredEvent[], model: WriteModelBuilder): void {
  try {
    for (const event of events) model.apply(decode(event));
  } catch (error) {
    throw causeOfFailure(error, events);
  }
}

import type { StoredEvent } from '../../../events/envelope.js';
import type { Append, AppendResult } from '../port.js';
import { prepareAppend, type PreparedAppend } from '../prepared-append.js';
import { newAppender } from '../sqlite/append.js';
import type { QueuedAppend } from '../append-queue.js';
import { newCommitRecord, type Content, type EventForStream } from './commit-record.js';
import type { IndexFile } from './index-file.js';
import { MAX_PIECE_BYTES, type ContentWriter } from './commit-content.js';
import type { Sequencer } from './sequencer.js';
import type { Decide, Write } from './commit-writer.js';

/** A checked append, and the size of its events in bytes. */
export interface SizedAppend extends PreparedAppend {
  readonly size: number;
}

export function sizeAppend(append: Append): SizedAppend {
  const prepared = prepareAppend(append);
  const sizes = append.events.map(
    (event, at) =>
      Buffer.byteLength(prepared.data[at] ?? '') + Buffer.byteLength(JSON.stringify({ ...event, data: null })),
  );
  return { ...prepared, size: sizes.reduce((sum, size) => sum + size, 0) };
}

/**
 * Divides a group into native appends. An append that is too large for one is a round of its own and is sent ahead in
 * pieces.
 */
function* roundsOf(group: readonly QueuedAppend<SizedAppend>[]): Generator<readonly QueuedAppend<SizedAppend>[]> {
  let [from, size] = [0, 0];
  for (const [at, { input }] of group.entries()) {
    if (at > from && size + input.size > MAX_PIECE_BYTES) {
      yield group.slice(from, at);
      [from, size] = [at, 0];
    }
    size += input.size;
  }
  if (from < group.length) yield group.slice(from);
}

/** The fields of an event that do not depend on its position. */
const withoutPlace = ({ id, stream, type, schemaVersion, actor, correlationId, causationId, data }: StoredEvent) => ({
  id,
  stream,
  type,
  schemaVersion,
  actor,
  correlationId,
  causationId,
  data,
});

interface GroupAppenderOptions {
  readonly index: IndexFile;
  readonly sequencer: Sequencer;
  readonly write: Write;
  readonly newContent: () => ContentWriter<EventForStream>;
  readonly clock: () => Date;
}

/** Appends a group in the order of the queue. Each append has its own outcome. */
export function newGroupAppender({ index, sequencer, write, newContent, clock }: GroupAppenderOptions) {
  const append = newAppender(index.writer, clock);

  function newDecision(input: SizedAppend) {
    let parts: ContentWriter<EventForStream> | null = null;
    let content: Content<EventForStream> | null = null;

    /** Events that were sent ahead are not sent again when the append is decided again: only their positions change. */
    async function contentOf(events: readonly StoredEvent[]): Promise<Content<EventForStream>> {
      if (content) return content;
      parts = newContent();
      for (const event of events) await parts.add(withoutPlace(event));
      return (content = await parts.content());
    }

    const decide: Decide<AppendResult> = async () => {
      const after = await sequencer.end();
      const result = append(input);
      const [first] = 'events' in result ? result.events : [];
      if (result.kind !== 'APPENDED' || first === undefined) return { result, record: null };
      const { events } = result;
      const { recordedAt, appendedAt } = first;
      const hash = sequencer.hashAfter(after);
      const known = { after, count: events.length, appendedAt, recordedAt, hash, request: input.request ?? null };
      return {
        result,
        record: async () => newCommitRecord({ kind: 'APPEND', ...known, content: await contentOf(events) }),
      };
    };
    return { decide, discard: () => parts?.discard() };
  }

  return async (group: readonly QueuedAppend<SizedAppend>[]): Promise<void> => {
    for (const round of roundsOf(group)) {
      const decisions = round.map(({ input }) => newDecision(input));
      const ends = await write(decisions.map(({ decide }) => decide));
      for (const [at, { resolve, reject }] of round.entries()) {
        const end = ends[at];
        if (end !== undefined && 'result' in end) {
          if (end.result.kind !== 'APPENDED') decisions[at]?.discard();
          resolve(end.result);
        } else reject(end?.error);
      }
    }
  };
}

import type { StoredEvent } from '../../../events/envelope.js';
import type { Append, AppendResult } from '../port.js';
import { appender, prepareAppend, type PreparedAppend } from '../sqlite/append.js';
import type { QueuedAppend } from '../append-queue.js';
import { formatted, type Content, type EventForStream } from './commit-record.js';
import type { IndexFile } from './index-file.js';
import { LARGEST_PIECE, type Parts } from './commit-content.js';
import type { Sequencer } from './sequencer.js';
import type { Judge, Write } from './commit-writer.js';

/** An append whose form was found good, and how many bytes its events are. */
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

/** Groups that go into one native append; one that is larger by itself is sent ahead in parts. */
function* roundsOf(group: readonly QueuedAppend<SizedAppend>[]): Generator<readonly QueuedAppend<SizedAppend>[]> {
  let [from, size] = [0, 0];
  for (const [at, { input }] of group.entries()) {
    if (at > from && size + input.size > LARGEST_PIECE) {
      yield group.slice(from, at);
      [from, size] = [at, 0];
    }
    size += input.size;
  }
  if (from < group.length) yield group.slice(from);
}

/** What an event is without the place that it is given. */
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

interface Appending {
  readonly index: IndexFile;
  readonly sequencer: Sequencer;
  readonly write: Write;
  readonly newParts: () => Parts<EventForStream>;
  readonly clock: () => Date;
}

/** Appends a group. Each is judged by itself, in the order in which they were asked for. */
export function groupCommit({ index, sequencer, write, newParts, clock }: Appending) {
  const append = appender(index.writer, clock);

  function judgeOf(input: SizedAppend) {
    let parts: Parts<EventForStream> | null = null;
    let content: Content<EventForStream> | null = null;

    /** What was sent once is named again when the append is judged again: its events are the same, only not their places. */
    async function contentOf(events: readonly StoredEvent[]): Promise<Content<EventForStream>> {
      if (content) return content;
      parts = newParts();
      for (const event of events) await parts.add(withoutPlace(event));
      return (content = await parts.content());
    }

    const judge: Judge<AppendResult> = async () => {
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
        record: async () => formatted({ kind: 'APPEND', ...known, content: await contentOf(events) }),
      };
    };
    return { judge, discard: () => parts?.discard() };
  }

  return async (group: readonly QueuedAppend<SizedAppend>[]): Promise<void> => {
    for (const round of roundsOf(group)) {
      const judges = round.map(({ input }) => judgeOf(input));
      const ends = await write(judges.map(({ judge }) => judge));
      for (const [at, { resolve, reject }] of round.entries()) {
        const end = ends[at];
        if (end !== undefined && 'result' in end) {
          if (end.result.kind !== 'APPENDED') judges[at]?.discard();
          resolve(end.result);
        } else reject(end?.error);
      }
    }
  };
}

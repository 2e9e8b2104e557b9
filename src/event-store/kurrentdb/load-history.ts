import { HistoryRefusedError } from '../errors.js';
import { checkHistoricEvent } from '../history-validation.js';
import type { HistoricEvent, LoadOptions, LoadResult } from '../port.js';
import { newCommitRecord, type Content } from './commit-record.js';
import type { ContentWriter } from './commit-content.js';
import type { Sequencer } from './sequencer.js';
import type { Decide, Write } from './commit-writer.js';

type History = AsyncIterable<HistoricEvent> | Iterable<HistoricEvent>;

interface HistoryLoaderOptions {
  readonly sequencer: Sequencer;
  readonly write: Write;
  readonly newContent: () => ContentWriter<HistoricEvent>;
  readonly clock: () => Date;
}

/** The fields of the event that are stored, without others that the object may have. */
const onlyStoredFields = (event: HistoricEvent): HistoricEvent => ({
  id: event.id,
  stream: event.stream,
  type: event.type,
  schemaVersion: event.schemaVersion,
  recordedAt: event.recordedAt,
  recordedAtStated: event.recordedAtStated,
  appendedAt: event.appendedAt,
  actor: event.actor,
  correlationId: event.correlationId,
  causationId: event.causationId,
  idempotencyKey: event.idempotencyKey,
  requestDigest: event.requestDigest,
  position: event.position,
  revision: event.revision,
  // The caller's objects may change while the rest of the history comes.
  data: JSON.parse(JSON.stringify(event.data)) as HistoricEvent['data'],
});

/**
 * Loads a history with one commit. Its events go ahead to the server, into a stream that nobody reads. When all have
 * come they are checked, and the commit refers to them; otherwise they are discarded.
 */
export function newHistoryLoader({
  sequencer,
  write,
  newContent,
  clock,
}: HistoryLoaderOptions): (history: History, options?: LoadOptions) => Promise<LoadResult> {
  /**
   * Collects the events up to the first that fails. That failure is reported only if the events before it are in
   * order.
   */
  async function gather(
    history: History,
    parts: ContentWriter<HistoricEvent>,
  ): Promise<{ readonly error: unknown } | null> {
    let index = 0;
    try {
      for await (const event of history) {
        checkHistoricEvent(event, index);
        await parts.add(onlyStoredFields(event));
        index += 1;
      }
      return null;
    } catch (error) {
      return { error };
    }
  }

  const newDecision =
    (content: Content<HistoricEvent>, continues: boolean): Decide<LoadResult> =>
    async () => {
      const after = await sequencer.end();
      const appendedAt = clock().toISOString();
      const result = await sequencer.ingest(content, appendedAt, continues);
      if (result.loaded === 0) return { result, record: null };
      const known = { after, count: result.loaded, appendedAt, hash: sequencer.hashAfter(after) };
      return {
        result,
        record: async () => newCommitRecord({ kind: 'LOAD', ...known, ...(continues && { continues }), content }),
      };
    };

  return async (history, { continues = false } = {}) => {
    const parts = newContent();
    const failure = await gather(history, parts);
    const decide = newDecision(await parts.content(), continues);
    const [end] = await write<LoadResult>([failure ? failAfter(decide, failure.error) : decide]);
    if (end !== undefined && 'result' in end) {
      if (end.result.loaded === 0) parts.discard();
      return end.result;
    }
    if (failure || end?.error instanceof HistoryRefusedError) parts.discard();
    throw end?.error;
  };
}

/** Decides on the events that there are, and then fails with the error that ended the history. */
const failAfter =
  (decide: Decide<LoadResult>, error: unknown): Decide<LoadResult> =>
  async () => {
    await decide();
    throw error;
  };

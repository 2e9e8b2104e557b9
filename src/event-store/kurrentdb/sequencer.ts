import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Json } from '../../../events/envelope.js';
import { HistoryRefusedError, StoreUnusableError } from '../errors.js';
import type { LoadResult } from '../port.js';
import { newHistoryIngester } from '../sqlite/load-history.js';
import { newEventReads } from '../sqlite/event-reads.js';
import { newRequestTable } from '../sqlite/requests.js';
import { newStreamRevisions } from '../sqlite/stream-revisions.js';
import { newEventInserter } from '../sqlite/event-row.js';
import { parseCommitRecord, type AppendCommit, type CommitRecord, type LoadCommit } from './commit-record.js';
import type { Connection } from './connection.js';
import type { IndexFile } from './index-file.js';
import { readContent } from './commit-content.js';

/** How many events are applied before other work of this process gets a turn. */
const EVENTS_PER_TURN = 500;

/** A commit at its revision in the native stream. */
export interface NativeCommit {
  readonly revision: number;
  readonly id: string;
  readonly native: string | null;
  readonly type: string;
  readonly data: unknown;
}

/**
 * Gives events their positions. It depends on the commits alone, so everyone who applies them has the same log. Each
 * commit states the hash of its events, and a sequencer that gets another hash stops there.
 */
export interface Sequencer {
  /** Applies a commit inside a transaction of the index. @throws {StoreUnusableError} */
  fold(commit: NativeCommit): Promise<void>;
  /** Ingests a history inside a transaction of the index. @throws {HistoryRefusedError} */
  ingest(content: LoadCommit['content'], clock: string, continues?: boolean): Promise<LoadResult>;
  /** The hash of the events after a position. */
  hashAfter(position: number): string;
  /** The position at which the log ends, including events of the open transaction. */
  end(): Promise<number>;
}

export function newSequencer(index: IndexFile, connection: Connection, place: string): Sequencer {
  const insert = newEventInserter(index.writer);
  const revisions = newStreamRevisions(index.writer);
  const requests = newRequestTable(index.writer);
  const reads = newEventReads(index.writer);
  const newIngester = newHistoryIngester(index.writer);

  const end = async (): Promise<number> => (await reads.head()).position;

  const damaged = (revision: number, what: string, cause?: unknown): StoreUnusableError =>
    new StoreUnusableError(
      'CORRUPT',
      `The log at ${place} is damaged: its commit at native revision ${revision} ${what}. Restore a backup of its server.`,
      { cause },
    );

  function hashAfter(position: number): string {
    const hash = createHash('sha256');
    for (const each of index.hashesAfter(position)) hash.update(each);
    return hash.digest('hex');
  }

  async function putInPlace({ content, request, recordedAt, appendedAt, after }: AppendCommit): Promise<void> {
    let position = after;
    for await (const event of readContent(connection, content, place)) {
      position += 1;
      const storedEvent = {
        id: event.id,
        position,
        stream: event.stream,
        revision: revisions.advance(event.stream, 'ANY', 1) ?? 0,
        type: event.type,
        schemaVersion: event.schemaVersion,
        recordedAt,
        recordedAtStated: false,
        appendedAt,
        actor: event.actor,
        correlationId: event.correlationId,
        causationId: event.causationId,
        idempotencyKey: request?.idempotencyKey ?? null,
        requestDigest: request?.digest ?? null,
        data: event.data satisfies Json,
      };
      if (!insert(storedEvent, JSON.stringify(event.data))) throw new Error(`holds event ${event.id} a second time`);
      if (position % EVENTS_PER_TURN === 0) await nextTurn();
    }
    if (request && !requests.remember(request.idempotencyKey, request.digest, after + 1)) {
      throw new Error(`uses idempotency key '${request.idempotencyKey}' a second time`);
    }
  }

  async function ingest(content: LoadCommit['content'], clock: string, continues?: boolean): Promise<LoadResult> {
    const ingestEvent = newIngester(clock, continues);
    const counts = { LOADED: 0, PRESENT: 0 };
    let read = 0;
    for await (const event of readContent(connection, content, place)) {
      counts[ingestEvent(event, read)] += 1;
      read += 1;
      if (read % EVENTS_PER_TURN === 0) await nextTurn();
    }
    return { loaded: counts.LOADED, present: counts.PRESENT };
  }

  async function apply(record: CommitRecord): Promise<void> {
    if (record.kind === 'APPEND') await putInPlace(record);
    else await ingest(record.content, record.appendedAt, record.continues);
  }

  return {
    async fold({ revision, id, native, type, data }) {
      const record = parseCommitRecord(type, data, place);
      if (revision !== index.last().revision + 1) throw damaged(revision, 'does not follow the one before it');
      const { after, count, hash } = record;
      if (after !== (await end())) throw damaged(revision, `comes after position ${after}, where the log did not end`);
      try {
        await apply(record);
      } catch (error) {
        // The writer accepted the history, so everyone must.
        if (error instanceof HistoryRefusedError) throw damaged(revision, error.message, error);
        throw error;
      }
      if ((await end()) !== after + count || hashAfter(after) !== hash) {
        throw damaged(revision, 'does not come to the events that its writer saw');
      }
      index.recordCommit({ revision, id, native, after, count });
    },
    ingest,
    hashAfter,
    end,
  };
}

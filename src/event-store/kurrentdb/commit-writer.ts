import { randomUUID } from 'node:crypto';
import { jsonEvent } from '@kurrent/kurrentdb-client';
import type { Mutex } from '../../concurrency/mutex.js';
import type { Retry } from '../../concurrency/retry.js';
import { StoreUnusableError } from '../errors.js';
import type { WriteTransaction } from '../sqlite/transaction.js';
import { COMMIT_TYPE, type CommitRecord } from './commit-record.js';
import type { Connection } from './connection.js';
import { isUnreachable, isConflict, isRefusal } from './client-errors.js';
import type { IndexFile } from './index-file.js';

/** The result of a decision, and the commit that it needs; null where it writes nothing. */
export interface Decision<T> {
  readonly result: T;
  /** Makes the record. Large content is sent ahead by this call. */
  readonly record: (() => Promise<CommitRecord>) | null;
}

/** Decides one append or load inside a transaction of the index. It is decided again when the index was behind. */
export type Decide<T> = () => Promise<Decision<T>>;

export type Outcome<T> = { readonly result: T } | { readonly error: unknown };

/** Writes what several decisions need, in order, with one native append. Each has its own outcome. */
export type Write = <T>(decisions: readonly Decide<T>[]) => Promise<readonly Outcome<T>[]>;

interface Pending<T> {
  readonly decide: Decide<T>;
  /** Results by the native ids of attempts whose answers were lost: each holds if its attempt was written. */
  readonly doubts: Map<string, T>;
  outcome: Outcome<T> | null;
}

interface CommitWriterOptions {
  readonly connection: Connection;
  readonly index: IndexFile;
  readonly transaction: WriteTransaction;
  readonly stream: string;
  readonly place: string;
  readonly catchUp: () => Promise<void>;
  readonly retry: Retry;
  /** Held by what changes the index. */
  readonly mutex: Mutex;
  readonly onCommit: () => void;
}

/**
 * Decides by the index, and writes on condition that the native stream has the revision of that index, so nothing can
 * come in between. A conflict shows that the index is behind; a decision to write nothing is trusted only after
 * catching up.
 */
export function newCommitWriter(writing: CommitWriterOptions): Write {
  const { connection, index, transaction, stream, place, catchUp, retry, mutex, onCommit } = writing;
  const isFolded = index.writer.prepare<[string], number>('SELECT 1 FROM native_commit WHERE id = ?').pluck();

  /** A commit that was applied since may be an attempt whose answer was lost: its outcome is then known. */
  function settleDoubts<T>(pending: readonly Pending<T>[]): void {
    for (const each of pending) {
      for (const [id, result] of each.doubts) if (isFolded.get(id) !== undefined) each.outcome ??= { result };
    }
  }

  async function decideAll<T>(pending: readonly Pending<T>[]) {
    const ends: { readonly each: Pending<T>; readonly end: Outcome<T> }[] = [];
    const records: { readonly each: Pending<T>; readonly result: T; readonly record: CommitRecord }[] = [];
    for (const each of pending) {
      let decision: Decision<T>;
      try {
        decision = await each.decide();
      } catch (error) {
        // Without a transaction the other decisions cannot go on, and without a server no content can be sent.
        if (!index.writer.inTransaction || isUnreachable(error)) throw error;
        ends.push({ each, end: { error } });
        continue;
      }
      const { result, record } = decision;
      if (record) records.push({ each, result, record: await record() });
      ends.push({ each, end: { result } });
    }
    return { ends, records };
  }

  /** @returns whether all is settled; if not, the index must catch up first */
  async function attempt<T>(pending: readonly Pending<T>[], isFresh: boolean): Promise<boolean> {
    await transaction.begin();
    try {
      const { revision } = index.last();
      const { ends, records } = await decideAll(pending);
      if (records.length === 0) {
        if (isFresh) for (const { each, end } of ends) each.outcome = end;
        return isFresh;
      }
      const commits = records.map(({ record }) =>
        jsonEvent({ id: randomUUID(), type: COMMIT_TYPE, data: { ...record } }),
      );
      const sent = records.map(({ each, result, record }, at) => ({ each, result, record, id: commits[at]?.id ?? '' }));
      for (const { each, id, result } of sent) each.doubts.set(id, result);
      try {
        const { position } = await connection.append(stream, revision, commits);
        for (const [at, { id, record }] of sent.entries()) {
          index.recordCommit({
            revision: revision + 1 + at,
            id,
            native: position,
            after: record.after,
            count: record.count,
          });
        }
      } catch (error) {
        if (isRefusal(error)) for (const { each, id } of sent) each.doubts.delete(id);
        if (isConflict(error)) return false;
        throw error;
      }
      transaction.commit();
      for (const { each, end } of ends) each.outcome = end;
      return true;
    } finally {
      transaction.rollback();
    }
  }

  return async <T>(decisions: readonly Decide<T>[]) => {
    const all = decisions.map((decide): Pending<T> => ({ decide, doubts: new Map(), outcome: null }));
    let isFresh = false;

    const untilSettled = async (): Promise<void> => {
      for (;;) {
        const pending = all.filter(({ outcome }) => outcome === null);
        if (pending.length === 0 || (await mutex.runExclusive(() => attempt(pending, isFresh)))) return;
        await fold();
      }
    };
    const fold = (): Promise<void> =>
      mutex.runExclusive(async () => {
        await catchUp();
        isFresh = true;
        settleDoubts(all);
      });

    try {
      let isFirst = true;
      await retry(async () => {
        if (!isFirst) await fold();
        isFirst = false;
        await untilSettled();
      });
    } catch (error) {
      for (const each of all) each.outcome ??= { error: each.doubts.size === 0 ? error : inDoubt(error) };
    }
    onCommit();
    return all.map(({ outcome }) => outcome ?? { error: new Error('It was not judged.') });
  };

  function inDoubt(cause: unknown): StoreUnusableError {
    return new StoreUnusableError(
      'UNREACHABLE',
      `The log at ${place} was lost while it was written to, and did not come back in time to be asked what became of it. ` +
        `What was to be appended may be in it. Look for its events by their ids, or repeat the request with its idempotency key.`,
      { cause },
    );
  }
}

import type { NewEvent } from '../../../events/envelope.js';
import { StoreUnusableError } from '../errors.js';
import type { HistoricEvent } from '../port.js';

/** The type of a commit's native event, and the version of the record's format. */
export const COMMIT_TYPE = 'PeildatumCommit';
export const PART_TYPE = 'PeildatumPart';
const FORMAT = 1;

export type EventForStream = NewEvent & { readonly stream: string };

/** The events of a commit, or a reference to the stream that holds them as JSON, one event to a line. */
export type Content<T> =
  | { readonly events: readonly T[] }
  | { readonly parts: { readonly stream: string; readonly count: number; readonly sha256: string } };

interface Common {
  readonly format: typeof FORMAT;
  /** The position at which the log ended before. */
  readonly after: number;
  /** The number of events that the commit adds. */
  readonly count: number;
  /** The time by the writer's clock. */
  readonly appendedAt: string;
  /** SHA-256 over the hashes of the added events, in order. Everyone who applies the commit must get the same. */
  readonly hash: string;
}

/** One append, as its writer decided it. */
export interface AppendCommit extends Common {
  readonly kind: 'APPEND';
  readonly recordedAt: string;
  readonly request: { readonly idempotencyKey: string; readonly digest: string } | null;
  readonly content: Content<EventForStream>;
}

/** One load: the history as it was given, including events that the log held already. */
export interface LoadCommit extends Common {
  readonly kind: 'LOAD';
  /** The history continues this log, as in LoadOptions. */
  readonly continues?: boolean;
  readonly content: Content<HistoricEvent>;
}

export type CommitRecord = AppendCommit | LoadCommit;

export const newCommitRecord = <T extends Omit<CommitRecord, 'format'>>(
  record: T,
): T & { readonly format: typeof FORMAT } => ({
  format: FORMAT,
  ...record,
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the commit in a native event of the log's stream. Only its outer form is checked here; its hash is checked
 * when it is applied.
 * @throws {StoreUnusableError} FOREIGN or TOO_NEW
 */
export function parseCommitRecord(type: string, data: unknown, place: string): CommitRecord {
  const isCommit =
    type === COMMIT_TYPE && isObject(data) && typeof data['format'] === 'number' && isObject(data['content']);
  if (!isCommit) {
    throw new StoreUnusableError(
      'FOREIGN',
      `The stream of the log at ${place} holds an event of type '${type}' that is no commit of a Peildatum log. ` +
        `Name another log in EVENT_STORE_URL (…?log=name).`,
    );
  }
  if (Number(data['format']) > FORMAT) {
    throw new StoreUnusableError(
      'TOO_NEW',
      `The log at ${place} was written by a newer release. Nothing was changed; start that release or a later one.`,
    );
  }
  // The outer form is checked above. The hash, which is checked on applying the commit, vouches for the rest.
  return data as unknown as CommitRecord;
}

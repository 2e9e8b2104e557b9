import type { NewEvent } from '../../../events/envelope.js';
import { StoreUnusableError } from '../errors.js';
import type { HistoricEvent } from '../port.js';

/** The type of a commit as a native event, and the version of its form. */
export const COMMIT_TYPE = 'PeildatumCommit';
export const PART_TYPE = 'PeildatumPart';
const FORMAT = 1;

export type EventForStream = NewEvent & { readonly stream: string };

/** The events of a commit, or where they are: in a native stream of their own, as JSON, one to a line. */
export type Content<T> =
  | { readonly events: readonly T[] }
  | { readonly parts: { readonly stream: string; readonly count: number; readonly sha256: string } };

interface Common {
  readonly format: typeof FORMAT;
  /** The position that the log ended at before. */
  readonly after: number;
  /** How many events it adds. */
  readonly count: number;
  /** What the clock of its writer said. */
  readonly appendedAt: string;
  /** SHA-256 over the hashes of the events that it adds, in order: what everyone who folds it must come to. */
  readonly hash: string;
}

/** One append, as it was judged by the one who wrote it. */
export interface AppendCommit extends Common {
  readonly kind: 'APPEND';
  readonly recordedAt: string;
  readonly request: { readonly idempotencyKey: string; readonly digest: string } | null;
  readonly content: Content<EventForStream>;
}

/** One load: the history as it was given, with what the log held of it already. */
export interface LoadCommit extends Common {
  readonly kind: 'LOAD';
  /** It goes on with the log of which this one holds the beginning. */
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
 * What a native event of the log's stream says. Of its form so much is checked that a mistake is told as one; that it says
 * what its writer meant is checked by its hash.
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
  // Checked above as far as a mistake goes; the rest of the form is vouched for by the commit's hash, checked on folding.
  return data as unknown as CommitRecord;
}

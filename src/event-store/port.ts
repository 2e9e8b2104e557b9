import type { NewEvent, StoredEvent } from '../../events/envelope.js';
import type { Subtree } from '../proofs/merkle/subtree.js';

/** What a stream's revision must be for an append to go through. NO_STREAM: the stream must not exist yet. */
export type ExpectedRevision = number | 'NO_STREAM' | 'ANY';

/** Events for one or several streams, appended together or not at all, in this order. */
export interface Append {
  readonly events: readonly (NewEvent & { readonly stream: string })[];
  /** By stream; a stream that is not named here may have any revision. */
  readonly expected?: ReadonlyMap<string, ExpectedRevision>;
  /** The position at which the log must end: for a decision that depends on all of the log. */
  readonly expectedHead?: number;
  /**
   * The client's idempotency key and a digest of its request: a repeated request gets the first answer, another
   * request with the same key a conflict.
   */
  readonly request?: { readonly idempotencyKey: string; readonly digest: string };
}

/** Expected outcomes are values. Everything else (a full disk, a lost connection) is thrown. */
export type AppendResult =
  | { readonly kind: 'APPENDED'; readonly events: readonly StoredEvent[] }
  /** The idempotency key was used before for the same request: these are the events of the first time. */
  | { readonly kind: 'REPEATED'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'REVISION_CONFLICT'; readonly stream: string; readonly actual: number | null }
  | { readonly kind: 'HEAD_MOVED'; readonly actual: number }
  | { readonly kind: 'KEY_CONFLICT'; readonly idempotencyKey: string; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'DUPLICATE_EVENT'; readonly eventId: string };

/**
 * An event of a history that is loaded. Its recorded time is given, and so is everything else that was fixed when it
 * was first appended. `position` and `revision`, where given, must come out the same.
 */
export interface HistoricEvent extends NewEvent {
  readonly stream: string;
  readonly recordedAt: string;
  readonly recordedAtStated: boolean;
  readonly appendedAt: string | null;
  readonly idempotencyKey: string | null;
  readonly requestDigest: string | null;
  readonly position: number | null;
  readonly revision: number | null;
}

export interface LoadOptions {
  /**
   * The history is a copy of another log whose beginning this one holds. Only such a history may add events to a log
   * with live events, and each of its events states its position.
   */
  readonly continues?: boolean;
}

export interface LoadResult {
  readonly loaded: number;
  /** Events that the log held already, with the same content. */
  readonly present: number;
}

export interface RememberedRequest {
  readonly digest: string;
  readonly events: readonly StoredEvent[];
}

export interface Head {
  /** 0 while the log is empty. */
  readonly position: number;
  /** The last event's; null while the log is empty. */
  readonly recordedAt: string | null;
}

/** Selects events; all conditions must hold. Instants are half-open: [from, until). */
export interface EventQuery {
  readonly streams?: readonly string[];
  readonly types?: readonly string[];
  readonly recordedFrom?: string;
  readonly recordedUntil?: string;
  readonly correlationId?: string;
  readonly afterPosition?: number;
  /** Inclusive. */
  readonly upToPosition: number;
}

export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly totalCount: number;
}

/** A signed statement about the log: the text of a C2SP signed note, and the size of the tree that it covers. */
export interface Checkpoint {
  readonly size: number;
  readonly note: string;
}

export interface KeptCheckpoint extends Checkpoint {
  /** 1, 2, 3 … in the order in which they were stored. */
  readonly number: number;
}

/** Selects checkpoints; all conditions must hold. */
export interface CheckpointQuery {
  /** At least this size. */
  readonly from?: number;
  /** Greater numbers than this: the next page. */
  readonly after?: number;
  /** The greatest number of checkpoints to return; 1000 by default. */
  readonly limit?: number;
  /** Return the last ones instead of the first. */
  readonly last?: boolean;
}

/**
 * The Merkle tree over the log (RFC 6962; leaf i is the event at position i + 1) and its checkpoints. The same log
 * has the same tree on every engine.
 */
interface ProofStore {
  /**
   * The hashes of these complete subtrees, in the order asked. Level 0 are the leaf hashes that are kept beside the events.
   * @throws {RangeError} for one that does not lie within the log
   */
  subtreeHashes(subtrees: readonly Subtree[]): Promise<readonly Buffer[]>;

  /**
   * Stores a signed checkpoint for good. The same text is stored once, however often it is given. Its content is not
   * verified.
   * @throws {RangeError} when the log is shorter than the checkpoint says
   */
  keepCheckpoint(checkpoint: Checkpoint): Promise<void>;

  /** Stored checkpoints in the order in which they were stored. */
  checkpoints(query?: CheckpointQuery): Promise<readonly KeptCheckpoint[]>;
}

/**
 * The log. Positions are dense, start at 1 and follow the order of commits; an event that a reader has seen is durable,
 * and no reader ever sees position n + 1 without n. Nothing is acknowledged before it is durable.
 */
export interface EventStore extends ProofStore {
  /**
   * Checks the form of the events first, then the idempotency key, then expected revisions, then event ids.
   * @throws {InvalidEventError} before anything is looked up; {ClockBehindError}; and the errors of the engine.
   */
  append(append: Append): Promise<AppendResult>;

  /**
   * Loads all of the history or, if anything is wrong with it, nothing. Appends wait meanwhile, so the history must
   * not wait for one. @throws {HistoryRefusedError}
   */
  load(history: AsyncIterable<HistoricEvent> | Iterable<HistoricEvent>, options?: LoadOptions): Promise<LoadResult>;

  head(): Promise<Head>;

  /** Events with positions greater than `after`, oldest first, at most `limit` of them and at least one if there is any. */
  readAll(after: number, limit: number): Promise<readonly StoredEvent[]>;

  /** Events of one stream with revisions greater than `after` (-1 for all), oldest first. */
  readStream(stream: string, after: number, limit: number): Promise<readonly StoredEvent[]>;

  /** The request with this idempotency key and its events; null where there is none. */
  findRequest(idempotencyKey: string): Promise<RememberedRequest | null>;

  /** In no particular order; ids and positions that do not exist are left out. */
  byIds(ids: readonly string[]): Promise<readonly StoredEvent[]>;
  byPositions(positions: readonly number[]): Promise<readonly StoredEvent[]>;

  /**
   * A page of the matching events, oldest first: the first or the last `limit` between two positions (both
   * exclusive).
   */
  find(
    query: EventQuery,
    page: {
      readonly after?: number;
      readonly before?: number;
      readonly limit: number;
      readonly from: 'FIRST' | 'LAST';
    },
  ): Promise<EventPage>;

  /** The greatest position with recordedAt ≤ the instant; 0 if there is none. */
  positionAt(instant: string): Promise<number>;

  /** The greatest revision of each stream among the events up to a position. Streams without any are left out. */
  revisionsAt(streams: readonly string[], position: number): Promise<ReadonlyMap<string, number>>;

  /** Calls `wake` soon after events were appended, by this process or another. It may call once for several. */
  onAppend(wake: () => void): () => void;

  /** Waits for running operations. A closed store refuses every call. */
  close(): Promise<void>;
}

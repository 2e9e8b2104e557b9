import type { StoredEvent } from '../events/envelope.js';
import type { ReadDatabase } from '../projections/read-database.js';
import type { Identity } from '../src/authority/identity.js';
import type { Permission } from '../src/authority/permission.js';
import type { Vault } from '../src/authority/vault/port.js';
import type { CheckpointSigner } from '../src/proofs/checkpoints/checkpoint-signer.js';
import type { Recorder } from '../src/commands/execution/execute.js';
import type { EventStore } from '../src/event-store/port.js';
import type { Caching } from '../src/http/cache.js';
import type { Progress } from '../src/read-models/projector/progress.js';
import type { ReadModelStatus } from '../src/read-models/projector/status.js';
import type { Moment, MomentRequest } from '../src/time/moment.js';
import type { Present } from '../src/time/resolve.js';

/** Everything that the resolvers of one request share. One request sees one present and one version of the read models. */
export interface Context {
  readonly log: EventStore;
  readonly read: ReadDatabase;
  /** Signs checkpoints of the log, and finds the newest one that was signed. */
  readonly signer: Pick<CheckpointSigner, 'head' | 'newest'>;
  readonly present: Present;
  readonly caching: Caching;
  /** Counts nodes of the answer. @throws {RequestError} QUERY_TOO_LARGE when the answer holds too many. */
  countNodes(nodeCount: number): void;
  /** Tells when the read models have got beyond a position. Only subscriptions answer with what comes after their present. */
  readonly progress: Progress;
  /** Finds a moment once per request, however many fields ask for it. @throws {RequestError} */
  moment(at: MomentRequest | null | undefined, argument: string): Promise<Moment>;
  /** The moment right after an event that is at hand: today, at its position. @throws {RequestError} STALE */
  momentAfter(event: StoredEvent, argument: string): Promise<Moment>;
  projections(): Promise<readonly ReadModelStatus[]>;
  /** Who asks; null for an anonymous request. */
  readonly identity: Identity | null;
  /** The identity of the client, where it may do this now. @throws {AuthorityError} where it may not */
  authorise(permission: Permission): Identity;
  readonly vault: Vault;
  /** What commands are executed with. */
  readonly recorder: Recorder;
  /** Waits, for a bounded time, until the read models include a position; false when they do not by then. */
  waitForPosition(position: number): Promise<boolean>;
}

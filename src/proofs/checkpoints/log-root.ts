import type { EventStore } from '../../event-store/port.js';
import { rootAt } from '../merkle/root.js';

/** The root of the Merkle tree over the first `size` events of a log. @throws {RangeError} when the log is shorter */
export const logRootAt = (log: Pick<EventStore, 'subtreeHashes'>, size: number): Promise<Buffer> =>
  rootAt(size, (subtrees) => log.subtreeHashes(subtrees));

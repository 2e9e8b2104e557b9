import { checkBound, checkLimit } from './query-validation.js';
import type { Checkpoint, CheckpointQuery } from './port.js';

/** @throws {RangeError} for what no engine could keep as it is */
export function checkCheckpoint({ size, note }: Checkpoint): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new RangeError(`The size of a checkpoint is a whole number from 0 on, not ${size}.`);
  }
  if (typeof note !== 'string' || note === '' || note.includes('\0') || !note.isWellFormed()) {
    throw new RangeError('The note of a checkpoint is text, without the character U+0000.');
  }
}

/** A checkpoint must not be larger than the log. @throws {RangeError} */
export function checkCheckpointSize({ size }: Checkpoint, position: number): void {
  if (size <= position) return;
  throw new RangeError(`The checkpoint is of ${size} events, and the log ends at position ${position}.`);
}

export interface NormalisedCheckpointQuery {
  readonly from: number;
  readonly after: number;
  readonly limit: number;
  readonly last: boolean;
}

/** @throws {RangeError} */
export function normaliseCheckpointQuery({
  from = 0,
  after = 0,
  limit = 1000,
  last = false,
}: CheckpointQuery = {}): NormalisedCheckpointQuery {
  checkBound('from', from);
  checkBound('after', after);
  checkLimit(limit);
  return { from, after, limit, last };
}

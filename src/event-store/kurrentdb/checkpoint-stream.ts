import { randomUUID } from 'node:crypto';
import { jsonEvent } from '@kurrent/kurrentdb-client';
import type { Retry } from '../../concurrency/retry.js';
import { normaliseCheckpointQuery } from '../checkpoint-validation.js';
import { StoreUnusableError } from '../errors.js';
import type { Checkpoint, CheckpointQuery, KeptCheckpoint } from '../port.js';
import type { Address } from './address.js';
import { NONE, type Connection } from './connection.js';
import { isConflict } from './client-errors.js';

const CHECKPOINT_TYPE = 'PeildatumCheckpoint';

export interface CheckpointStream {
  keep(checkpoint: Checkpoint): Promise<void>;
  list(query?: CheckpointQuery): Promise<readonly KeptCheckpoint[]>;
}

/** Stores checkpoints as events of a native stream of their own, so that the log's stream holds commits only. */
export function openCheckpointStream(
  connection: Connection,
  { stream: log, place }: Address,
  retry: Retry,
): CheckpointStream {
  const stream = `${log}-checkpoints`;
  /** The checkpoints that were read already. The stream only grows. */
  const known: KeptCheckpoint[] = [];

  async function catchUp(): Promise<void> {
    for await (const { revision, type, data } of (await connection.read(stream, known.length)) ?? []) {
      const number = Number(revision) + 1;
      // Another call of this process may have read it first.
      if (number <= known.length) continue;
      if (type !== CHECKPOINT_TYPE || number !== known.length + 1 || !isCheckpoint(data)) {
        throw new StoreUnusableError(
          'CORRUPT',
          `The checkpoints of the log at ${place} are damaged: ${stream} holds something else at native revision ` +
            `${revision}. Restore a backup of its server.`,
        );
      }
      known.push({ number, size: data.size, note: data.note });
    }
  }

  return {
    keep: ({ size, note }) =>
      retry(async () => {
        for (;;) {
          await catchUp();
          // It is stored already, possibly by an earlier attempt whose answer was lost.
          if (known.some((each) => each.size === size && each.note === note)) return;
          const event = jsonEvent({ id: randomUUID(), type: CHECKPOINT_TYPE, data: { size, note } });
          try {
            await connection.append(stream, known.length === 0 ? NONE : known.length - 1, [event]);
          } catch (error) {
            if (!isConflict(error)) throw error;
          }
        }
      }),
    async list(query) {
      const { from, after, limit, last } = normaliseCheckpointQuery(query);
      await retry(catchUp);
      const matching = known.filter(({ number, size }) => number > after && size >= from);
      return last ? matching.slice(-limit) : matching.slice(0, limit);
    },
  };
}

const isCheckpoint = (data: unknown): data is Checkpoint =>
  typeof data === 'object' &&
  data !== null &&
  'size' in data &&
  Number.isSafeInteger(data.size) &&
  'note' in data &&
  typeof data.note === 'string';

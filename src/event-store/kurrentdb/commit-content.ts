import { createHash, randomUUID } from 'node:crypto';
import { binaryEvent } from '@kurrent/kurrentdb-client';
import { StoreUnusableError } from '../errors.js';
import { PART_TYPE, type Content } from './commit-record.js';
import { NONE, type Connection } from './connection.js';
import { isConflict } from './client-errors.js';
import type { Retry } from '../../concurrency/retry.js';

/** So many bytes go into one native event at most: half of what a server takes at once unless it is told otherwise. */
export const MAX_PIECE_BYTES = 512 * 1024;

/** Takes events as they come. What is too large for a commit goes to the server in pieces, and counts for nothing there. */
export interface ContentWriter<T> {
  add(event: T): Promise<void>;
  /** All of it, for a commit to hold or to name. */
  content(): Promise<Content<T>>;
  /** Lets go of what no commit names. */
  discard(): void;
}

export function newContentWriter<T>(connection: Connection, retry: Retry, logStream: string): ContentWriter<T> {
  const stream = `${logStream}-part-${randomUUID()}`;
  const hash = createHash('sha256');
  let events: T[] = [];
  let waiting: Buffer[] = [];
  let size = 0;
  let count = 0;

  /** Nobody else writes here: if the stream has moved on, an answer was lost on the way. */
  async function send(piece: Buffer): Promise<void> {
    const event = binaryEvent({ type: PART_TYPE, data: piece });
    let again = false;
    await retry(async () => {
      try {
        await connection.append(stream, count === 0 ? NONE : count - 1, [event]);
      } catch (error) {
        if (again && isConflict(error) && error.actualState === BigInt(count)) return;
        again = true;
        throw error;
      }
    });
    count += 1;
  }

  async function flush(whole: boolean): Promise<void> {
    let rest = Buffer.concat(waiting);
    while (rest.length >= MAX_PIECE_BYTES || (whole && rest.length > 0)) {
      const piece = rest.subarray(0, MAX_PIECE_BYTES);
      hash.update(piece);
      await send(piece);
      rest = rest.subarray(piece.length);
    }
    waiting = [rest];
    size = rest.length;
  }

  return {
    async add(event) {
      const line = Buffer.from(`${JSON.stringify(event)}\n`, 'utf8');
      waiting.push(line);
      size += line.length;
      if (count === 0 && size < MAX_PIECE_BYTES) {
        events.push(event);
        return;
      }
      events = [];
      if (size >= MAX_PIECE_BYTES) await flush(false);
    },
    async content() {
      if (count === 0) return { events };
      await flush(true);
      return { parts: { stream, count, sha256: hash.copy().digest('hex') } };
    },
    discard() {
      if (count > 0) connection.remove(stream).catch(() => {});
    },
  };
}

/** The events of a commit, wherever they are. @throws {StoreUnusableError} CORRUPT */
export async function* readContent<T>(connection: Connection, content: Content<T>, place: string): AsyncGenerator<T> {
  if ('events' in content) {
    yield* content.events;
    return;
  }
  const { stream, count, sha256 } = content.parts;
  const damaged = () =>
    new StoreUnusableError(
      'CORRUPT',
      `The log at ${place} is damaged: stream ${stream}, which belongs to it, is not what it was. Restore a backup.`,
    );
  const pieces = await connection.read(stream, 0);
  if (pieces === null) throw damaged();
  const hash = createHash('sha256');
  const text = new TextDecoder();
  let [read, rest] = [0, ''];
  for await (const { data, type } of pieces) {
    if (type !== PART_TYPE || !(data instanceof Uint8Array)) throw damaged();
    read += 1;
    hash.update(data);
    const lines = (rest + text.decode(data, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as T;
  }
  if (read !== count || hash.digest('hex') !== sha256) throw damaged();
}

import { createHash, randomUUID } from 'node:crypto';
import { binaryEvent } from '@kurrent/kurrentdb-client';
import { StoreUnusableError } from '../errors.js';
import { PART_TYPE, type Content } from './commit-record.js';
import { NONE, type Connection } from './connection.js';
import { isConflict } from './client-errors.js';
import type { Retry } from '../../concurrency/retry.js';

/** The size of one native event: half of what a server accepts by default. */
export const MAX_PIECE_BYTES = 512 * 1024;

/**
 * Collects the events of a commit. Content that is too large for one native event goes to a stream of its own in
 * pieces, which mean nothing until a commit refers to them.
 */
export interface ContentWriter<T> {
  add(event: T): Promise<void>;
  /** The collected events, or the reference to their pieces, for the commit record. */
  content(): Promise<Content<T>>;
  /** Removes the pieces, when no commit refers to them. */
  discard(): void;
}

export function newContentWriter<T>(connection: Connection, retry: Retry, logStream: string): ContentWriter<T> {
  const stream = `${logStream}-part-${randomUUID()}`;
  const hash = createHash('sha256');
  let events: T[] = [];
  let waiting: Buffer[] = [];
  let size = 0;
  let count = 0;

  /** Only this process writes to the stream, so a conflict means that the answer to an earlier attempt was lost. */
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

/** Reads the events of a commit from its record or from its pieces. @throws {StoreUnusableError} CORRUPT */
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

import type { LogReads } from '../engine.js';
import { newEventFinder } from '../sqlite/find-events.js';
import { newEventReads } from '../sqlite/event-reads.js';
import { newRequestReader } from '../sqlite/requests.js';
import { newSubtreeReader } from '../sqlite/tree.js';
import { leafRangeOf } from '../log-tree.js';
import type { IndexFile } from './index-file.js';

export type IndexReads = Omit<LogReads, 'checkpoints'>;

/**
 * Answers reads from the index. An answer about the past is final. Any other is given after catching up, because
 * another process may have appended events meanwhile.
 */
export function newIndexReads({ reader }: IndexFile, catchUp: () => Promise<void>): IndexReads {
  const reads = newEventReads(reader);
  const findRequest = newRequestReader(reader);
  const find = newEventFinder(reader);
  const subtreeHashes = newSubtreeReader(reader);

  async function answerOrCatchUp<T>(read: () => Promise<T>, isFinal: (answer: T) => boolean): Promise<T> {
    const answer = await read();
    if (isFinal(answer)) return answer;
    await catchUp();
    return read();
  }

  async function answerAfter<T>(position: number, read: () => Promise<T>): Promise<T> {
    if (position > (await reads.head()).position) await catchUp();
    return read();
  }

  return {
    async head() {
      await catchUp();
      return reads.head();
    },
    readAll: (after, limit) =>
      answerOrCatchUp(
        () => reads.readAll(after, limit),
        (events) => events.length > 0,
      ),
    readStream: (stream, after, limit) =>
      answerOrCatchUp(
        () => reads.readStream(stream, after, limit),
        (events) => events.length === limit,
      ),
    findRequest: (key) =>
      answerOrCatchUp(
        () => findRequest(key),
        (request) => request !== null,
      ),
    byIds: (ids) =>
      answerOrCatchUp(
        () => reads.byIds(ids),
        (events) => events.length === ids.length,
      ),
    byPositions: (positions) =>
      answerAfter(
        positions.reduce((most, each) => Math.max(most, each), 0),
        () => reads.byPositions(positions),
      ),
    find: (query, page) => answerAfter(query.upToPosition, () => find(query, page)),
    async positionAt(instant) {
      const { recordedAt } = await reads.head();
      if (recordedAt === null || instant >= recordedAt) await catchUp();
      return reads.positionAt(instant);
    },
    revisionsAt: (streams, position) => answerAfter(position, () => reads.revisionsAt(streams, position)),
    subtreeHashes: (subtrees) =>
      answerAfter(
        subtrees.reduce((most, each) => Math.max(most, leafRangeOf(each).end), 0),
        () => subtreeHashes(subtrees),
      ),
  };
}

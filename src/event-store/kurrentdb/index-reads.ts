import type { EventStore } from '../port.js';
import { finder } from '../sqlite/find-events.js';
import { readsOf } from '../sqlite/event-reads.js';
import { requestsOf } from '../sqlite/requests.js';
import { subtreeReader } from '../sqlite/tree.js';
import { leavesOf } from '../log-tree.js';
import type { IndexFile } from './index-file.js';

export type Answers = Omit<EventStore, 'append' | 'load' | 'keepCheckpoint' | 'checkpoints' | 'onAppend' | 'close'>;

/**
 * What the index answers. The past does not change, so an answer about it stands whatever has been appended since; any other
 * is given only after folding on, for another process may have appended what was asked for.
 */
export function answersOf({ reader }: IndexFile, foldOn: () => Promise<void>): Answers {
  const reads = readsOf(reader);
  const requests = requestsOf(reader);
  const find = finder(reader);
  const subtreeHashes = subtreeReader(reader);

  async function settled<T>(question: () => Promise<T>, stands: (answer: T) => boolean): Promise<T> {
    const answer = await question();
    if (stands(answer)) return answer;
    await foldOn();
    return question();
  }

  async function within<T>(position: number, question: () => Promise<T>): Promise<T> {
    if (position > (await reads.head()).position) await foldOn();
    return question();
  }

  return {
    async head() {
      await foldOn();
      return reads.head();
    },
    readAll: (after, limit) =>
      settled(
        () => reads.readAll(after, limit),
        (events) => events.length > 0,
      ),
    readStream: (stream, after, limit) =>
      settled(
        () => reads.readStream(stream, after, limit),
        (events) => events.length === limit,
      ),
    findRequest: (key) =>
      settled(
        async () => {
          const known = requests.find(key);
          return known ? { digest: known.digest, events: requests.events(key, known.firstPosition) } : null;
        },
        (request) => request !== null,
      ),
    byIds: (ids) =>
      settled(
        () => reads.byIds(ids),
        (events) => events.length === ids.length,
      ),
    byPositions: (positions) =>
      within(
        positions.reduce((most, each) => Math.max(most, each), 0),
        () => reads.byPositions(positions),
      ),
    find: (query, page) => within(query.upToPosition, () => find(query, page)),
    async positionAt(instant) {
      const { recordedAt } = await reads.head();
      if (recordedAt === null || instant >= recordedAt) await foldOn();
      return reads.positionAt(instant);
    },
    revisionsAt: (streams, position) => within(position, () => reads.revisionsAt(streams, position)),
    subtreeHashes: (subtrees) =>
      within(
        subtrees.reduce((most, each) => Math.max(most, leavesOf(each).end), 0),
        () => subtreeHashes(subtrees),
      ),
  };
}

import { newAppendQueue, type QueuedAppend } from './append-queue.js';
import { checkCheckpoint } from './checkpoint-validation.js';
import { checkAppend } from './event-validation.js';
import type { LogWatcher } from './log-watcher.js';
import type { Append, Checkpoint, EventStore, HistoricEvent, LoadOptions, LoadResult } from './port.js';
import type { StoreGate } from './store-gate.js';

/** Everything that reads the log and changes nothing. */
export type LogReads = Omit<EventStore, 'append' | 'load' | 'keepCheckpoint' | 'onAppend' | 'close'>;

/** What an engine supplies. The rest of a store is the same on all of them. */
export interface Engine<Prepared> {
  readonly gate: StoreGate;
  readonly reads: LogReads;
  /** Repeats a read whose answer was lost. Where it is missing, a read is made once. */
  readonly retryRead?: <T>(read: () => Promise<T>) => Promise<T>;
  readonly prepareAppend: (append: Append) => Prepared;
  /** Settles each append of the group, and does not reject. Neither this nor a load runs while another one does. */
  readonly appendGroup: (group: readonly QueuedAppend<Prepared>[]) => Promise<void>;
  readonly loadHistory: (
    history: AsyncIterable<HistoricEvent> | Iterable<HistoricEvent>,
    options?: LoadOptions,
  ) => Promise<LoadResult>;
  /** @param runExclusive runs a task while neither an append nor a load runs */
  readonly keepCheckpoint: (
    checkpoint: Checkpoint,
    runExclusive: <T>(task: () => Promise<T>) => Promise<T>,
  ) => Promise<void>;
  readonly watcher: LogWatcher;
}

/** The store on top of an engine: checks what it is given, lets one write after the other, and goes through the gate. */
export function newEventStore<Prepared>(engine: Engine<Prepared>): EventStore {
  const { gate, reads, retryRead = (operation) => operation(), watcher } = engine;
  const queue = newAppendQueue(engine.appendGroup);
  const read = <T>(operation: () => Promise<T>): Promise<T> => gate.run(() => retryRead(operation));

  return {
    append: (append) =>
      gate.run(async () => {
        checkAppend(append);
        return queue.add(engine.prepareAppend(append));
      }),
    load: (history, options) => gate.run(() => queue.runExclusive(() => engine.loadHistory(history, options))),
    head: () => read(() => reads.head()),
    readAll: (after, limit) => read(() => reads.readAll(after, limit)),
    readStream: (stream, after, limit) => read(() => reads.readStream(stream, after, limit)),
    findRequest: (key) => read(() => reads.findRequest(key)),
    byIds: (ids) => read(() => reads.byIds(ids)),
    byPositions: (positions) => read(() => reads.byPositions(positions)),
    find: (query, page) => read(() => reads.find(query, page)),
    positionAt: (instant) => read(() => reads.positionAt(instant)),
    revisionsAt: (streams, position) => read(() => reads.revisionsAt(streams, position)),
    subtreeHashes: (subtrees) => read(() => reads.subtreeHashes(subtrees)),
    checkpoints: (query) => read(() => reads.checkpoints(query)),
    keepCheckpoint: (checkpoint) =>
      gate.run(async () => {
        checkCheckpoint(checkpoint);
        await engine.keepCheckpoint(checkpoint, queue.runExclusive);
      }),
    onAppend: (wake) => watcher.onAppend(wake),
    close: () => gate.close(),
  };
}

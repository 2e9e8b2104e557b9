import { describe, expect, it } from 'vitest';
import { newLogWatcher, type HeadMessages } from '../../src/event-store/log-watcher.js';

const NEVER_MS = 60_000;

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** A log that only grows when it is told to, and how often its end was read. */
function newLog(position = 0) {
  const log = { position, readCount: 0 };
  const readHeadPosition = async (): Promise<number> => {
    log.readCount += 1;
    return log.position;
  };
  return { log, readHeadPosition };
}

describe('the watcher of a log', () => {
  it('wakes all listeners once for a later position, and none that was removed', async () => {
    const { readHeadPosition } = newLog(3);
    const watcher = newLogWatcher({ headPosition: 3, readHeadPosition, pollIntervalMs: NEVER_MS });
    const wakes: string[] = [];
    watcher.onAppend(() => wakes.push('first'));
    const remove = watcher.onAppend(() => wakes.push('second'));
    watcher.notifyHead(3);
    watcher.notifyHead(4);
    watcher.notifyHead(4);
    await nextTurn();
    expect(wakes).toEqual(['first', 'second']);
    remove();
    watcher.notifyHead(5);
    await nextTurn();
    expect(wakes).toEqual(['first', 'second', 'first']);
    await watcher.stop();
  });

  it('reads the end of the log at intervals while anybody listens, also after a read that failed', async () => {
    const { log, readHeadPosition } = newLog();
    let failures = 2;
    const watcher = newLogWatcher({
      headPosition: 0,
      pollIntervalMs: 1,
      readHeadPosition: () => (failures-- > 0 ? Promise.reject(new Error('Away.')) : readHeadPosition()),
    });
    expect(log.readCount).toBe(0);
    const woken = new Promise<void>((resolve) => void watcher.onAppend(resolve));
    log.position = 1;
    await woken;
    await watcher.stop();
    const { readCount } = log;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(log.readCount).toBe(readCount);
  });

  it('passes on the messages of a server until it is stopped', async () => {
    const { log, readHeadPosition } = newLog();
    const server = Promise.withResolvers<HeadMessages>();
    const stopped = Promise.withResolvers<void>();
    const watcher = newLogWatcher({
      headPosition: 0,
      readHeadPosition,
      pollIntervalMs: NEVER_MS,
      listen: (messages, signal) => {
        signal.addEventListener('abort', () => stopped.resolve());
        server.resolve(messages);
        return stopped.promise;
      },
    });
    let wakes = 0;
    watcher.onAppend(() => (wakes += 1));
    const { notifyHead, checkHead } = await server.promise;
    notifyHead(1);
    await nextTurn();
    expect(wakes).toBe(1);
    log.position = 2;
    await checkHead();
    await nextTurn();
    expect(wakes).toBe(2);
    await watcher.stop();
    await expect(stopped.promise).resolves.toBeUndefined();
  });
});

/** How far a feed has been read. */
export interface FeedCursor {
  /** Every item up to this position has been handed out. */
  resumeAfter: number;
}

/** The items of a subscription, in order. An item is fetched only when its client asks for it. */
export interface ChangeFeed<T> extends AsyncIterableIterator<T, undefined> {
  /** Every item up to this position has been handed out: a client that lost its connection resumes after it. */
  readonly resumeAfter: number;
  return(): Promise<IteratorResult<T, undefined>>;
}

/**
 * A feed of what a generator yields. A generator alone cannot be ended while it waits for its next item. A feed can: ending it
 * aborts the signal.
 */
export function newChangeFeed<T>(
  after: number,
  generate: (cursor: FeedCursor, signal: AbortSignal) => AsyncGenerator<T, undefined>,
): ChangeFeed<T> {
  const ended = new AbortController();
  const cursor: FeedCursor = { resumeAfter: after };
  const source = generate(cursor, ended.signal);
  return {
    get resumeAfter() {
      return cursor.resumeAfter;
    },
    next: () => source.next(),
    return() {
      ended.abort();
      return source.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

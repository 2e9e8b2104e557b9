/** How far a feed has come. */
export interface Place {
  /** Everything up to this position has been handed out. */
  resumeAfter: number;
}

/** What a subscription hands out, piece by piece, as its client takes it. Nothing is fetched before it is asked for. */
export interface Feed<T> extends AsyncIterableIterator<T, undefined> {
  /** Everything up to this position has been handed out: who lost the connection goes on from here. */
  readonly resumeAfter: number;
  return(): Promise<IteratorResult<T, undefined>>;
}

/**
 * A feed of what a generator yields. Unlike a generator alone it can be ended while it waits for news: the signal is
 * aborted then.
 */
export function newFeed<T>(
  after: number,
  generate: (place: Place, signal: AbortSignal) => AsyncGenerator<T, undefined>,
): Feed<T> {
  const ended = new AbortController();
  const place: Place = { resumeAfter: after };
  const source = generate(place, ended.signal);
  return {
    get resumeAfter() {
      return place.resumeAfter;
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

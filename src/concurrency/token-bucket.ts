export interface TokenBucketOptions {
  /** How many tokens the bucket holds. It starts full. */
  readonly capacity: number;
  /** A token is added each time this long has passed, until the bucket is full. */
  readonly refillIntervalMs: number;
  /** Milliseconds that only grow. */
  readonly clock?: () => number;
}

/** Limits a rate, and allows bursts. */
export interface TokenBucket {
  /** Takes a token; false when there is none. */
  tryTake(): boolean;
}

export function newTokenBucket(options: TokenBucketOptions): TokenBucket {
  const { capacity, refillIntervalMs, clock = () => performance.now() } = options;
  let tokens = capacity;
  let refilledAt = clock();
  return {
    tryTake() {
      const now = clock();
      tokens = Math.min(capacity, tokens + (now - refilledAt) / refillIntervalMs);
      refilledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

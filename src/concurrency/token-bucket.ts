/** How often something may be done: so often at once, and once more each time this long has passed. */
export interface AllowanceOptions {
  readonly most: number;
  /** In milliseconds. */
  readonly every: number;
  readonly clock?: () => number;
}

/** Takes one of what is allowed; false when nothing is left for now. */
export function newAllowance({ most, every, clock = () => performance.now() }: AllowanceOptions): () => boolean {
  let left = most;
  let counted = clock();
  return () => {
    const now = clock();
    left = Math.min(most, left + (now - counted) / every);
    counted = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

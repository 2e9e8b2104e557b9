/**
 * The outcome of a promise, if it settles in time. The work behind it goes on, and what it comes to later is ignored.
 * @throws what `newError` makes, when time is up
 */
export async function withTimeout<T>(promise: Promise<T>, timeoutMs: number, newError: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(newError()), timeoutMs);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

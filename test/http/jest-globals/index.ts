import { afterEach as afterEachOnVitest, it as itOnVitest, vi, type TestFunction } from 'vitest';

export { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

export const jest = { fn: vi.fn, spyOn: vi.spyOn };

/** Jest's functions may take one to call when they are done; vitest's return a promise. */
export const afterEach = (clean: (done: () => void) => unknown): void =>
  afterEachOnVitest(
    clean.length === 0 ? async () => void (await clean(() => {})) : () => new Promise<void>((done) => void clean(done)),
  );

const deviations = new Map<string, string>();

/** Has the test of that name fail, for this reason, when it is defined: it says of others what is decided otherwise here. */
export const deviate = (name: string, reason: string): void => void deviations.set(name, reason);

/** The names of tests that were to deviate and have not been defined. */
export const undefinedDeviations = (): readonly string[] => [...deviations.keys()];

const itUnlessDeviating = (name: string, body: TestFunction): void => {
  const reason = deviations.get(name);
  const define = reason === undefined ? itOnVitest : itOnVitest.fails;
  define(name, body);
  if (deviations.delete(name)) process.stdout.write(`Decided otherwise here: "${name}". ${reason}\n`);
};

export const it = Object.assign(itUnlessDeviating, { each: itOnVitest.each.bind(itOnVitest), skip: itOnVitest.skip });

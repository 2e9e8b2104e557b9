import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The name of a file says which kind of test it holds: x.unit.test.ts unit tests, any other x.test.ts integration tests. */
const unitTests = 'test/**/*.unit.test.ts';
const allTests = 'test/**/*.test.ts';

/** What a unit test must not load: a database driver, or what starts another process from the program as it is built. */
const notInUnitTests = {
  find: /^(better-sqlite3|pg|@kurrent\/kurrentdb-client|(node:)?(child_process|worker_threads))$/,
  replacement: fileURLToPath(new URL('test/support/not-in-unit-tests.ts', import.meta.url)),
};

export default defineConfig({
  resolve: {
    // One copy of graphql: vitest would otherwise load the ESM and the CommonJS build side by side.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    // Many tests wait for servers and processes: one worker fewer than cores leaves a small machine idle half of the time.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        resolve: { alias: [notInUnitTests] },
        test: {
          name: 'unit',
          include: [unitTests],
          pool: 'threads',
          // The files of a worker share their modules, because loading modules anew takes longer than the tests.
          isolate: false,
          // The unit tests run first, so that what they find shows within seconds.
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [allTests],
          exclude: [unitTests],
          globalSetup: ['test/support/build.ts', 'test/support/postgres/setup.ts', 'test/support/shipped/setup.ts'],
          sequence: { groupOrder: 1 },
          // What it imports from jest's package is TypeScript of ours, and of graphql it needs the copy that all have.
          server: { deps: { inline: ['@apollo/server-integration-testsuite'] } },
        },
      },
    ],
  },
});

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // One copy of graphql: vitest would otherwise load the ESM and the CommonJS build side by side.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/support/postgres/setup.ts'],
    // Many tests wait for servers and processes: one worker fewer than cores leaves a small machine idle half of the time.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What it imports from jest's package is TypeScript of ours, and of graphql it needs the copy that all have.
    server: { deps: { inline: ['@apollo/server-integration-testsuite'] } },
  },
});

/** Takes the place of whatever a unit test must not load: see vitest.config.ts. */
throw new Error(
  'A unit test has imported a database driver, child_process or worker_threads. Name its file x.test.ts, without ".unit", to make it an integration test.',
);

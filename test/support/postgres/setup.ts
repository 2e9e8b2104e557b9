import type { TestProject } from 'vitest/node';
import type { Provided } from './provided.js';
import { startPostgres } from './server.js';

/**
 * Starts one PostgreSQL server for all tests of a run. TEST_POSTGRES_URL names another one instead: the tests make schemas
 * of their own in that database, and drop them.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const tell = (provided: Provided): void => provide('postgres', provided);
  const given = process.env['TEST_POSTGRES_URL'];
  if (given !== undefined && given !== '') {
    tell({ url: given });
    return async () => {};
  }
  try {
    const server = await startPostgres();
    tell({ url: server.url });
    return server.remove;
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error);
    process.stderr.write(`\nThe tests on PostgreSQL are not run: ${missing}\n\n`);
    tell({ missing });
    return async () => {};
  }
}

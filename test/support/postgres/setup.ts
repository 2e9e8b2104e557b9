import type { TestProject } from 'vitest/node';
import { startPostgres } from './server.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: { readonly url: string } | { readonly missing: string };
  }
}

/**
 * Starts one PostgreSQL server for all tests of a run. TEST_POSTGRES_URL names another one instead: the tests make schemas
 * of their own in that database, and drop them.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given !== undefined && given !== '') {
    provide('postgres', { url: given });
    return async () => {};
  }
  try {
    const server = await startPostgres();
    provide('postgres', { url: server.url });
    return server.remove;
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error);
    process.stderr.write(`\nThe tests on PostgreSQL are not run: ${missing}\n\n`);
    provide('postgres', { missing });
    return async () => {};
  }
}

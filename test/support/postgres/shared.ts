import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, describe, inject } from 'vitest';
import type { Provided } from './provided.js';

const provided: Provided = inject('postgres');
const url = 'url' in provided ? provided.url : 'postgres://nowhere/none';
const note = 'url' in provided ? '' : ` (not run: ${provided.missing})`;

/** Tests that need a PostgreSQL server. Where there is none, the report says that they were not run, and why. */
export function describeOnPostgres(name: string, tests: (url: string) => void): void {
  describe.skipIf(note !== '')(`${name}${note}`, () => {
    tests(url);
  });
}

/** The server for tests. @throws when there is none. */
export function postgresUrl(): string {
  if (note !== '') throw new Error(`There is no PostgreSQL${note}`);
  return url;
}

/** Asks the server as any other program could. */
export async function onPostgres<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export const newSchema = (): string => `test_${randomUUID().replaceAll('-', '')}`;

/** The URL of a log in a schema of its own. */
export function inSchema(url: string, schema: string): string {
  const own = new URL(url);
  own.searchParams.set('schema', schema);
  return own.href;
}

export const dropSchema = (url: string, schema: string): Promise<unknown> =>
  onPostgres(url, (client) => client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`));

/** Schemas that are dropped after the tests of the file. */
export function testSchemas(url: string): () => string {
  const schemas: string[] = [];
  afterAll(async () => {
    for (const schema of schemas) await dropSchema(url, schema);
  });
  return () => {
    const schema = newSchema();
    schemas.push(schema);
    return schema;
  };
}

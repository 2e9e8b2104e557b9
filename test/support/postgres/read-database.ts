import type { ReadDatabaseUrl } from '../../../src/read-models/database/open.js';
import { dropSchema, inSchema, newSchema, postgresUrl } from './shared.js';

/** A place for read models in a schema of its own, not yet made. */
export function newReadDatabase(): { readonly readDatabase: ReadDatabaseUrl; drop(): Promise<unknown> } {
  const url = postgresUrl();
  const schema = newSchema();
  return {
    readDatabase: { engine: 'postgres', url: inSchema(url, schema) },
    drop: () => dropSchema(url, schema),
  };
}

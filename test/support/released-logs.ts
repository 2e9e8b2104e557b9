import Database from 'better-sqlite3';
import type { Client } from 'pg';

/** Makes a log in a file what a release without the tree would have written. */
export function withoutTree(file: string): void {
  const db = new Database(file);
  db.exec('DROP TABLE subtree; DROP TABLE checkpoint; PRAGMA user_version = 1');
  db.close();
}

/** The same for a log on PostgreSQL. */
export const withoutTreeOn = (client: Client, schema: string): Promise<unknown> =>
  client.query(`
    DROP TABLE ${schema}.subtree, ${schema}.checkpoint;
    DELETE FROM ${schema}.log_version WHERE version > 1`);

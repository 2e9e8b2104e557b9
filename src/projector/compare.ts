import { sql } from 'kysely';
import { tableDefinitions, tablePrefix, type RegistryDatabase } from '../read-database/versions.js';

/** A row that one version of the read models has and the other has not. */
export interface Difference {
  readonly table: string;
  readonly only: 'OLD' | 'NEW';
  readonly row: Readonly<Record<string, unknown>>;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Rows that differ in all: `differences` names the first of each table. */
  readonly total: number;
}

const NAMED_PER_TABLE = 10;

/** Holds two versions against each other, row for row. Both must stand at the same checkpoint. */
export async function compareVersions(db: RegistryDatabase, old: number, fresh: number): Promise<Comparison> {
  const differences: Difference[] = [];
  let total = 0;
  for (const { name } of tableDefinitions) {
    const sides = [
      { only: 'OLD', here: tablePrefix(old) + name, there: tablePrefix(fresh) + name },
      { only: 'NEW', here: tablePrefix(fresh) + name, there: tablePrefix(old) + name },
    ] as const;
    for (const { only, here, there } of sides) {
      const lacking = sql`select * from ${sql.table(here)} except select * from ${sql.table(there)}`;
      const count = await sql<{ count: number }>`select count(*) as count from (${lacking}) as lacking`.execute(db);
      total += count.rows[0]?.count ?? 0;
      const rows = await sql<Record<string, unknown>>`${lacking} limit ${sql.lit(NAMED_PER_TABLE)}`.execute(db);
      for (const row of rows.rows) differences.push({ table: name, only, row });
    }
  }
  return { differences, total };
}

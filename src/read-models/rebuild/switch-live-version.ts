import { sql } from 'kysely';
import { dialectOf } from '../database/dialect.js';
import type { RegistryTransaction } from '../database/versions.js';

/** Lets another version answer. The one that answered so far stays, and moves no more. */
export async function switchTo(transaction: RegistryTransaction, live: number, version: number): Promise<void> {
  const roles = transaction.updateTable('read_model_version');
  await roles.set({ role: 'PREVIOUS' }).where('version', '=', live).execute();
  await roles.set({ role: 'LIVE' }).where('version', '=', version).execute();
  const now = sql<number>`${dialectOf(transaction).now}`;
  const never = { begun_at: now, begun_position: 0, seen_at: now, target: 0 };
  await transaction
    .insertInto('read_model_build')
    .values({ version: live, replaced_at: now, ...never })
    .onConflict((conflict) => conflict.column('version').doUpdateSet({ replaced_at: now }))
    .execute();
}

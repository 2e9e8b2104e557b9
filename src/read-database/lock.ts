import type { RegistryTransaction, VersionRow } from './versions.js';

/**
 * The live version, with the write lock taken before it is read: SQLite gives the lock to the first statement that
 * writes, and a transaction that reads first and writes later may be refused.
 */
export async function lockLiveVersion(transaction: RegistryTransaction): Promise<VersionRow> {
  await transaction
    .updateTable('read_model_version')
    .set((update) => ({ position: update.ref('position') }))
    .where('role', '=', 'LIVE')
    .execute();
  return transaction.selectFrom('read_model_version').selectAll().where('role', '=', 'LIVE').executeTakeFirstOrThrow();
}

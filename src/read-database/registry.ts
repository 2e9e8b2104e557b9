import { dialectOf } from './dialect.js';
import { createVersion, liveVersion, type RegistryDatabase } from './versions.js';

/** Whether there is all that is needed to begin. */
export async function isPrepared(db: RegistryDatabase): Promise<boolean> {
  const tables = await dialectOf(db).tablesWith('read_model_version').execute(db);
  return tables.rows.length > 0 && (await liveVersion(db)) !== undefined;
}

/** An empty database gets its registry and a first, live version. */
export async function prepareRegistry(db: RegistryDatabase): Promise<void> {
  const { columnTypes } = dialectOf(db);
  await db.schema
    .createTable('read_model_version')
    .ifNotExists()
    .addColumn('version', columnTypes.INTEGER, (column) => column.primaryKey())
    .addColumn('role', columnTypes.TEXT, (column) => column.notNull())
    .addColumn('layout', columnTypes.TEXT, (column) => column.notNull())
    .addColumn('position', columnTypes.INTEGER, (column) => column.notNull())
    .addColumn('failed_position', columnTypes.INTEGER)
    .addColumn('failure', columnTypes.TEXT)
    .execute();
  const versions = await db.selectFrom('read_model_version').selectAll().execute();
  if (versions.length === 0) await createVersion(db, 1, 'LIVE');
}

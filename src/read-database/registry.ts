import { prepareCoordination } from './coordination.js';
import { dialectOf } from './dialect.js';
import { createVersion, liveVersion, type RegistryDatabase } from './versions.js';

/** Whether there is all that is needed to begin. */
export async function isPrepared(db: RegistryDatabase): Promise<boolean> {
  const { tablesWith } = dialectOf(db);
  for (const name of ['read_model_version', 'read_model_build', 'projection_lease']) {
    if ((await tablesWith(name).execute(db)).rows.length === 0) return false;
  }
  return (await liveVersion(db)) !== undefined;
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
  await prepareCoordination(db);
  const versions = await db.selectFrom('read_model_version').selectAll().execute();
  if (versions.length === 0) await createVersion(db, 1, 'LIVE');
}

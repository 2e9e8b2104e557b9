import { prepareCoordination } from './coordination-tables.js';
import { dialectOf } from './dialect.js';
import { createVersion, liveVersion, type RegistryDatabase } from './versions.js';

/** The last column that this table got. */
async function hasEventId(db: RegistryDatabase): Promise<boolean> {
  const { rows } = await dialectOf(db).columnsOf('read_model_version').execute(db);
  return rows.some(({ name }) => name === 'event_id');
}

/** Whether there is all that is needed to begin. */
export async function isPrepared(db: RegistryDatabase): Promise<boolean> {
  const { tablesWith } = dialectOf(db);
  for (const name of ['read_model_build', 'projection_lease']) {
    if ((await tablesWith(name).execute(db)).rows.length === 0) return false;
  }
  if (!(await hasEventId(db))) return false;
  return (await liveVersion(db)) !== undefined;
}

/** An empty database gets its registry and a first, live version; that of an older release gets what it lacks. */
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
  if (!(await hasEventId(db))) {
    await db.schema.alterTable('read_model_version').addColumn('event_id', columnTypes.TEXT).execute();
  }
  await prepareCoordination(db);
  const versions = await db.selectFrom('read_model_version').selectAll().execute();
  if (versions.length === 0) await createVersion(db, 1, 'LIVE');
}

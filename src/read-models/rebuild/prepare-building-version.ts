import { sql } from 'kysely';
import { dialectOf } from '../database/dialect.js';
import { createVersion, currentLayout, dropVersion, versionsOf, type VersionRow } from '../database/versions.js';
import { renewLease } from '../projector/lease.js';
import { isDerivedFrom } from '../projector/source-log.js';
import type { RebuildContext } from './rebuild-context.js';

/**
 * The version to build: the one of an interrupted rebuild, if it has this program's layout and was made from this log; else an
 * empty new one. Other unfinished versions are dropped.
 */
export async function prepareBuildingVersion({ database, log, lease }: RebuildContext): Promise<VersionRow> {
  const { position: head } = await log.head();
  return database.writing.transaction().execute(async (transaction) => {
    await renewLease(transaction, lease);
    const versions = await versionsOf(transaction);
    const unfinished = versions.filter(({ role }) => role === 'BUILDING');
    const [candidate] = unfinished.filter(({ layout }) => layout === currentLayout);
    const resumed = candidate && (await isDerivedFrom(log, candidate)) ? candidate : undefined;
    // No query was ever answered from an unfinished version.
    for (const { version } of unfinished) if (version !== resumed?.version) await dropVersion(transaction, version);
    const next = Math.max(...versions.map(({ version }) => version)) + 1;
    const row = resumed ?? (await createVersion(transaction, next, 'BUILDING'));
    const { now } = dialectOf(transaction);
    const start = { begun_at: sql<number>`${now}`, seen_at: sql<number>`${now}`, begun_position: row.position };
    await transaction
      .insertInto('read_model_build')
      .values({ version: row.version, target: head, replaced_at: null, ...start })
      .onConflict((conflict) => conflict.column('version').doUpdateSet({ target: head, ...start }))
      .execute();
    return row;
  });
}

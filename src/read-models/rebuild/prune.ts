import { sql } from 'kysely';
import { dialectOf } from '../database/dialect.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { dropVersion, versionsOf } from '../database/versions.js';
import { truncateWriteAheadLog } from '../database/write-ahead-log.js';
import { renewLease, releaseLease } from '../projector/lease.js';
import { acquireBuildingLease } from './acquire-building-lease.js';
import { DEFAULT_LEASE_SECONDS } from './rebuild-context.js';

export interface PruneResult {
  readonly dropped: readonly number[];
  /** Versions that answered a short while ago, and in how many seconds they may be dropped. */
  readonly kept: readonly { readonly version: number; readonly seconds: number }[];
}

/**
 * Drops the versions that answered before the live one, and what an interrupted rebuild left. Requests finish on the version
 * that they began with, so one that was replaced less than so many seconds ago is kept.
 * @throws {ExpectedError} while a rebuild is under way
 */
export async function prune(database: ReadDatabaseHandle, outOfUseFor: number): Promise<PruneResult> {
  const { writing: db } = database;
  const lease = await acquireBuildingLease(db, DEFAULT_LEASE_SECONDS);
  try {
    return await db.transaction().execute(async (transaction) => {
      await renewLease(transaction, lease);
      const ages = await transaction
        .selectFrom('read_model_build')
        .select('version')
        .select((build) => sql<number | null>`${dialectOf(transaction).now} - ${build.ref('replaced_at')}`.as('age'))
        .execute();
      const unused = new Map(ages.map(({ version, age }) => [version, age === null ? Infinity : age / 1000]));
      const dropped: number[] = [];
      const kept: { version: number; seconds: number }[] = [];
      for (const { version, role } of await versionsOf(transaction)) {
        if (role === 'LIVE') continue;
        const seconds = role === 'BUILDING' ? Infinity : (unused.get(version) ?? Infinity);
        if (seconds < outOfUseFor) kept.push({ version, seconds: Math.ceil(outOfUseFor - seconds) });
        else {
          await dropVersion(transaction, version);
          dropped.push(version);
        }
      }
      return { dropped, kept };
    });
  } finally {
    await releaseLease(db, lease).catch(() => {});
    await truncateWriteAheadLog(database);
  }
}

import { sql, type SqlBool } from 'kysely';
import { PeildatumError } from '../../../events/errors/peildatum-error.js';
import type { LeaseName } from '../database/coordination-tables.js';
import { dialectOf } from '../database/dialect.js';
import type { RegistryDatabase, RegistryTransaction } from '../database/versions.js';
import { processName, processIdentity, hasEnded } from './process-identity.js';

/**
 * The right to write to the live version of the read models, or to the one that is being built. It is renewed in each
 * transaction that writes, with its row locked until the commit: a holder that was paused finds its token outdated, and
 * nothing of that transaction is written.
 */
export interface Lease {
  readonly name: LeaseName;
  /** Fencing token: rises each time a process acquires the lease. */
  readonly token: number;
  /** How long it lasts after it was last renewed. */
  readonly seconds: number;
}

/** Another process has acquired the lease since. Nothing was written. */
export class LeaseLostError extends PeildatumError {
  readonly code = 'LEASE_LOST';
  constructor(lease: LeaseName) {
    super(`Another process has taken over the lease ${lease}.`);
  }
}

/** No lease lasts longer from now: the longest that PROJECTION_LEASE allows, and a minute for small corrections of the clock. */
const MAX_LEASE_MS = (600 + 60) * 1000;

/**
 * Whether a lease has expired. One that would last longer than a lease can was renewed before the database's clock was set
 * back: a process that still holds it renews it by the new clock.
 */
const isExpired = (db: RegistryDatabase) =>
  sql<SqlBool>`(expires_at <= ${dialectOf(db).now} or expires_at > ${dialectOf(db).now} + ${sql.lit(MAX_LEASE_MS)})`;

const expiry = (db: RegistryDatabase, seconds: number) =>
  sql<number>`${dialectOf(db).now} + ${sql.lit(Math.round(seconds * 1000))}`;

const assignLease = (db: RegistryDatabase, name: LeaseName, seconds: number) =>
  db
    .updateTable('projection_lease')
    .set((row) => ({
      holder: processName,
      holder_process: processIdentity,
      token: sql`${row.ref('token')} + 1`,
      expires_at: expiry(db, seconds),
    }))
    .where('name', '=', name)
    .returning('token');

/**
 * Acquires the lease if no process holds it: the last holder released it, did not renew it in time, or has ended on this
 * machine. Null: another process holds it.
 */
export async function acquireLease(db: RegistryDatabase, name: LeaseName, seconds: number): Promise<Lease | null> {
  // A read first, because it does not wait for processes that write.
  const { holder, process: holding } = await leaseStatus(db, name);
  if (holder !== null) return null;
  const taken = await assignLease(db, name, seconds)
    .where((row) =>
      row.or([
        row('holder', 'is', null),
        isExpired(db),
        ...(hasEnded(holding) ? [row('holder_process', '=', holding)] : []),
      ]),
    )
    .executeTakeFirst();
  return taken ? { name, token: taken.token, seconds } : null;
}

/** Acquires the lease even if another process holds it, which notices before it writes again. */
export async function takeOverLease(db: RegistryDatabase, name: LeaseName, seconds: number): Promise<Lease> {
  const { token } = await assignLease(db, name, seconds).executeTakeFirstOrThrow();
  return { name, token, seconds };
}

/**
 * Renews the lease. As the first statement of a transaction it keeps other processes from acquiring the lease until the end.
 * @throws {LeaseLostError}
 */
export async function renewLease(db: RegistryDatabase | RegistryTransaction, lease: Lease): Promise<void> {
  const held = await db
    .updateTable('projection_lease')
    .set({ expires_at: expiry(db, lease.seconds) })
    .where('name', '=', lease.name)
    .where('token', '=', lease.token)
    .returning('token')
    .executeTakeFirst();
  if (!held) throw new LeaseLostError(lease.name);
}

/** Lets the next process acquire the lease at once. */
export async function releaseLease(db: RegistryDatabase, { name, token }: Lease): Promise<void> {
  await db
    .updateTable('projection_lease')
    .set({ holder: null, expires_at: 0 })
    .where('name', '=', name)
    .where('token', '=', token)
    .execute();
}

export interface LeaseStatus {
  /** Null: no process, or one that has not renewed it in time or has ended. */
  readonly holder: string | null;
  /** The process that acquired it last. */
  readonly process: string | null;
  /** Rises each time a process acquires the lease. */
  readonly token: number;
  /** Changes with each renewal. */
  readonly expiresAt: number;
}

export async function leaseStatus(db: RegistryDatabase, name: LeaseName): Promise<LeaseStatus> {
  const row = await db
    .selectFrom('projection_lease')
    .select(['holder', 'holder_process', 'token', 'expires_at'])
    .select(sql<SqlBool>`not ${isExpired(db)}`.as('lasts'))
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  const isHeld = row.lasts && !hasEnded(row.holder_process);
  return {
    holder: isHeld ? row.holder : null,
    process: row.holder_process,
    token: row.token,
    expiresAt: row.expires_at,
  };
}

import { sql } from 'kysely';
import type { Basis } from '../../../events/primitives.js';
import { jsonRows, numberAt } from '../../json-rows.js';
import type { Point } from '../../point.js';
import type { ReadDatabase } from '../../read-database.js';
import { governing, knownAt, numbers, texts } from './fragments.js';

export interface Placement {
  readonly level: string;
  readonly basis: Basis;
}

/**
 * The level of each of these subjects on one scale at a point, by subject id; subjects without one are left out. One seek
 * per subject in one statement. The caller has made sure that the subjects exist at the point.
 */
export async function placements(
  db: ReadDatabase,
  subjects: readonly number[],
  scale: string,
  point: Point,
): Promise<ReadonlyMap<number, Placement>> {
  if (subjects.length === 0) return new Map();
  const { rows } = await sql<{ subject: number; level: string; basis: Basis }>`
    select x.subject, x.level, x.basis
    from ${jsonRows(subjects.map((subject) => [subject]))} s
    join ${sql.table('statement')} x on x.position = ${governing(numberAt('s.value', 0), sql`${scale}`, point)}`.execute(
    db,
  );
  return new Map(rows.map(({ subject, level, basis }) => [subject, { level, basis }]));
}

/** The positions of the versions that give these subjects their levels on one scale at a point, where there are any. */
export async function governingPositions(
  db: ReadDatabase,
  subjects: readonly number[],
  scale: string,
  point: Point,
): Promise<number[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<{ position: number | null }>`
    select ${governing(numberAt('s.value', 0), sql`${scale}`, point)} as position
    from ${jsonRows(subjects.map((subject) => [subject]))} s`.execute(db);
  return rows.flatMap(({ position }) => position ?? []);
}

/** Those of these subjects about which any statement on the scale is known at the position, whatever its date. */
export async function statedOn(
  db: ReadDatabase,
  subjects: readonly number[],
  scale: string,
  position: number,
): Promise<ReadonlySet<number>> {
  if (subjects.length === 0) return new Set();
  const { rows } = await sql<{ subject: number }>`
    select distinct k.subject from ${sql.table('statement')} k
    where k.subject in ${numbers(subjects)} and k.scale = ${scale} and ${knownAt('k', position)}`.execute(db);
  return new Set(rows.map(({ subject }) => subject));
}

/** The date of each subject's last change up to the point, on these scales; subjects without any are left out. */
export async function lastChanges(
  db: ReadDatabase,
  subjects: readonly number[],
  scales: readonly string[],
  { asOf, position }: Point,
): Promise<ReadonlyMap<number, string>> {
  if (subjects.length === 0) return new Map();
  const { rows } = await sql<{ subject: number; on: string }>`
    select c.subject, max(c.effective_on) as "on" from ${sql.table('status_change')} c
    where c.subject in ${numbers(subjects)} and c.scale in ${texts(scales)} and c.effective_on <= ${asOf}
      and c.known_from <= ${position} and c.superseded_by > ${position}
    group by c.subject`.execute(db);
  return new Map(rows.map(({ subject, on }) => [subject, on]));
}

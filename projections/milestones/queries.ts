import type { DatePrecision } from '../../events/milestones.js';
import type { Point } from '../point.js';
import type { ReadDatabase } from '../read-database.js';
import type { MilestoneRow } from './tables.js';
import { numbers } from '../statements/queries/fragments.js';

/** A milestone as it is recorded; `on` is 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
export type MilestoneView = Omit<MilestoneRow, 'dated' | 'precision'> & {
  readonly on: string;
  readonly precision: DatePrecision;
};

/**
 * The milestones that a point includes, oldest first: known by the position, and begun by the date, so that one dated
 * '2020-04' counts from 1 April on. Of the given subjects, or all of them.
 */
export async function milestonesAt(
  db: ReadDatabase,
  { asOf, position }: Point,
  subjects?: readonly number[],
): Promise<MilestoneView[]> {
  let query = db
    .selectFrom('milestone')
    .selectAll()
    .where('position', '<=', position)
    .where('first_day', '<=', asOf)
    .orderBy('first_day')
    .orderBy('position');
  if (subjects) query = query.where('subject', 'in', numbers(subjects));
  const rows = await query.execute();
  // The fold wrote the precision of an event, which the event's schema bounds.
  return rows.map(({ dated, precision, ...row }) => ({ ...row, on: dated, precision: precision as DatePrecision }));
}

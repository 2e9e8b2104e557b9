import type { Label } from '../../events/primitives.js';
import type { ReadDatabase } from '../read-model.js';
import type { PeriodPublicationRow, PeriodRow } from './tables.js';

export interface PublicationOfPeriod {
  readonly position: number;
  readonly publishedAt: string;
}

/** A reporting period. Its definition is read at the head; its publications are those up to a position. */
export interface Period {
  readonly key: string;
  readonly label: Label;
  readonly referenceDate: string;
  readonly publications: readonly PublicationOfPeriod[];
}

/** Every period, by reference date. */
export async function allPeriods(db: ReadDatabase, position: number): Promise<Period[]> {
  const periods = await db.selectFrom('period').selectAll().orderBy('reference_date').orderBy('position').execute();
  const publications = await db
    .selectFrom('period_publication')
    .selectAll()
    .where('position', '<=', position)
    .orderBy('position')
    .execute();
  const byPeriod = Map.groupBy(publications, ({ period }) => period);
  return periods.map((row) => periodOf(row, byPeriod.get(row.key) ?? []));
}

const periodOf = (row: PeriodRow, publications: readonly PeriodPublicationRow[]): Period => ({
  key: row.key,
  label: { nl: row.label_nl, en: row.label_en },
  referenceDate: row.reference_date,
  publications: publications.map(({ position, recorded_at }) => ({ position, publishedAt: recorded_at })),
});

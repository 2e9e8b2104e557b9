import type { Point } from '../point.js';
import type { ReadDatabase } from '../read-database.js';

/** A figure with the days that it counts, first and last included. */
export interface Figure {
  readonly position: number;
  readonly metric: string;
  readonly value: number;
  readonly from: string;
  readonly until: string;
  readonly source: string;
}

export interface PublicationView {
  readonly title: string;
  readonly kind: string;
  readonly figures: readonly Figure[];
}

/** The publications with the figures that a point includes: known by the position, of periods that had ended by the date. */
export async function publicationsAt(db: ReadDatabase, { asOf, position }: Point): Promise<PublicationView[]> {
  const rows = await db
    .selectFrom('publication_figure')
    .selectAll()
    .where('position', '<=', position)
    .where('until_day', '<=', asOf)
    .orderBy('position')
    .orderBy('ordinal')
    .execute();
  const byPublication = Map.groupBy(rows, ({ title, kind }) => JSON.stringify([title, kind]));
  return [...byPublication.values()].map((group) => ({
    title: group[0]?.title ?? '',
    kind: group[0]?.kind ?? '',
    figures: group.map(({ from_day, until_day, ...row }) => ({
      position: row.position,
      metric: row.metric,
      value: row.value,
      from: from_day,
      until: until_day,
      source: row.source,
    })),
  }));
}

import type { Label, SubjectKind } from '../../events/primitives.js';
import type { Level, ScaleKind } from '../../events/scales.js';
import type { ReadDatabase } from '../read-database.js';
import type { ScaleVersionRow } from './tables.js';

/** A scale as known at a position. The levels of an ordinal scale are ranked by their place, from 1. */
export interface ScaleView {
  readonly key: string;
  readonly subjectKind: SubjectKind;
  readonly kind: ScaleKind;
  readonly label: Label;
  readonly levels: readonly Level[];
}

const scaleOf = (row: ScaleVersionRow): ScaleView => ({
  key: row.key,
  subjectKind: row.subject_kind as SubjectKind,
  kind: row.kind as ScaleKind,
  ...(JSON.parse(row.definition) as Pick<ScaleView, 'label' | 'levels'>),
});

/** Every scale that is defined by the position, in order of definition. */
export async function scalesAt(db: ReadDatabase, position: number): Promise<ScaleView[]> {
  const versions = await db
    .selectFrom('scale_version')
    .selectAll()
    .where('position', '<=', position)
    .orderBy('position')
    .execute();
  const order = [...new Set(versions.map(({ key }) => key))];
  const current = new Map(versions.filter((row) => row.known_until > position).map((row) => [row.key, scaleOf(row)]));
  return order.flatMap((key) => current.get(key) ?? []);
}

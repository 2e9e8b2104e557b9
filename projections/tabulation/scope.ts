import type { SubjectKind } from '../../events/primitives.js';
import type { Point } from '../point.js';
import type { ReadDatabase } from '../read-database.js';
import { placements, statedOn, type Placement } from '../statements/queries/placements.js';
import { parentsOfRegions, population, type SubjectFilter } from '../statements/queries/population.js';
import type { SubjectView } from '../statements/queries/subjects.js';

/** A subject in scope with its level on each of the scales asked for; null where it has none. */
export interface ScopedSubject {
  readonly subject: SubjectView;
  readonly on: readonly (Placement | null)[];
}

/**
 * Time rule 9: who counts at a point. The subjects that exist and pass the filter, but for a region that has subregions and no
 * statement known on the scale: its subregions are counted instead. With two scales it is the first, the row scale, that
 * decides: a subject with a level on it counts, with or without a level on the column scale.
 */
export async function scopeAt(
  db: ReadDatabase,
  kind: SubjectKind,
  filter: SubjectFilter,
  scales: readonly [row: string, column?: string],
  point: Point,
): Promise<ScopedSubject[]> {
  const subjects = await population(db, kind, filter, point);
  const represented = kind === 'REGION' ? await countedBySubregions(db, subjects, scales[0], point) : new Set<number>();
  const counted = subjects.filter(({ id }) => !represented.has(id));
  const ids = counted.map(({ id }) => id);
  const on: ReadonlyMap<number, Placement>[] = [];
  for (const scale of scales) if (scale !== undefined) on.push(await placements(db, ids, scale, point));
  return counted.map((subject) => ({ subject, on: on.map((bySubject) => bySubject.get(subject.id) ?? null) }));
}

async function countedBySubregions(
  db: ReadDatabase,
  subjects: readonly SubjectView[],
  scale: string,
  point: Point,
): Promise<ReadonlySet<number>> {
  const parents = new Set((await parentsOfRegions(db, point)).values());
  const candidates = subjects.filter(({ key }) => parents.has(key)).map(({ id }) => id);
  const stated = await statedOn(db, candidates, scale, point.position);
  return new Set(candidates.filter((id) => !stated.has(id)));
}

/**
 * The levels that a scale is known to have, and after them those that are counted without being among them: the value of a
 * reserved scale whose registration was withdrawn, or that its definition leaves out. Each subject with a level has a cell (time rule 9).
 */
export const withOthers = (known: readonly string[], counted: readonly (Placement | null | undefined)[]): string[] => [
  ...new Set([...known, ...counted.flatMap((placement) => placement?.level ?? []).sort()]),
];

import type { SubjectKind } from '../../../events/primitives.js';
import { regionKeys } from '../../../events/reserved-scales.js';
import type { Point } from '../../point.js';
import type { ReadDatabase } from '../../read-database.js';
import { placements } from './placements.js';
import { subjectsAt, type SubjectView } from './subjects.js';

/** Which subjects; all conditions hold together, and are judged at the point where they are asked. */
export interface SubjectFilter {
  readonly keys?: readonly string[] | undefined;
  /** Statuses on scales: the level is one of these. */
  readonly where?: readonly { readonly scale: string; readonly in: readonly string[] }[] | undefined;
  /** Part of the name, without regard to case. */
  readonly nameContains?: string | undefined;
  /** Keys of organisations. */
  readonly careOffice?: readonly string[] | undefined;
  /** Keys of regions; a region stands for its subregions too. */
  readonly region?: readonly string[] | undefined;
}

/** The subjects that exist at a point and pass the filter, in order of registration. */
export async function population(
  db: ReadDatabase,
  kind: SubjectKind,
  filter: SubjectFilter,
  point: Point,
): Promise<SubjectView[]> {
  const which = filter.keys ? { kind, keys: filter.keys } : { kind };
  let subjects = (await subjectsAt(db, which, point)).filter(({ exists }) => exists);
  if (filter.nameContains !== undefined) {
    const part = fold(filter.nameContains);
    subjects = subjects.filter(({ name }) => fold(name).includes(part));
  }
  const conditions = [...(filter.where ?? [])];
  if (filter.careOffice) conditions.push({ scale: 'care-office', in: filter.careOffice });
  for (const condition of conditions) {
    const levels = new Set(condition.in);
    const bySubject = await placements(
      db,
      subjects.map(({ id }) => id),
      condition.scale,
      point,
    );
    subjects = subjects.filter(({ id }) => levels.has(bySubject.get(id)?.level ?? ''));
  }
  return filter.region ? inRegions(db, kind, subjects, filter.region, point) : subjects;
}

const fold = (text: string): string => text.normalize('NFC').toLocaleLowerCase('nl');

/** Regions among these or below them; projects of these regions or of regions below them. */
async function inRegions(
  db: ReadDatabase,
  kind: SubjectKind,
  subjects: readonly SubjectView[],
  regions: readonly string[],
  point: Point,
): Promise<SubjectView[]> {
  const wanted = new Set([...regions, ...(await subregionsOf(db, regions, point))]);
  if (kind === 'REGION') return subjects.filter(({ key }) => wanted.has(key));
  const bySubject = await placements(
    db,
    subjects.map(({ id }) => id),
    'regions',
    point,
  );
  return subjects.filter(({ id }) => regionKeys(bySubject.get(id)?.level ?? '').some((key) => wanted.has(key)));
}

/** The keys of the existing regions whose parent is one of these. */
async function subregionsOf(db: ReadDatabase, parents: readonly string[], point: Point): Promise<string[]> {
  const parentOf = await parentsOfRegions(db, point);
  const wanted = new Set(parents);
  return [...parentOf].flatMap(([key, parent]) => (wanted.has(parent) ? [key] : []));
}

/** Of each existing region that has a parent: its key and the parent's. */
export async function parentsOfRegions(db: ReadDatabase, point: Point): Promise<ReadonlyMap<string, string>> {
  const regions = (await subjectsAt(db, { kind: 'REGION' }, point)).filter(({ exists }) => exists);
  const bySubject = await placements(
    db,
    regions.map(({ id }) => id),
    'parent',
    point,
  );
  return new Map(
    regions.flatMap(({ id, key }) => {
      const parent = bySubject.get(id);
      return parent ? [[key, parent.level] as const] : [];
    }),
  );
}

import type { SubjectKind } from '../../events/primitives.js';
import { streamOfSubject, type AnySubjectKind, type SubjectName } from '../../events/streams.js';
import type { Point } from '../../projections/point.js';
import { historyOf } from '../../projections/statements/queries/history.js';
import { placements } from '../../projections/statements/queries/placements.js';
import { parentsOfRegions, population, type SubjectFilter } from '../../projections/statements/queries/population.js';
import { subjectsAt, type SubjectView } from '../../projections/statements/queries/subjects.js';
import { versionsBy } from '../../projections/statements/queries/versions.js';
import {
  defineLoaderAtPoint,
  defineLoaderAtPosition,
  mapById,
  nameOfPoint,
  oncePerRequest,
  sameKey,
} from '../loaders.js';

export const subjectById = defineLoaderAtPoint({
  nameOf: sameKey<number>,
  fetch: async (ids, point, { read }) => mapById(await subjectsAt(read, { ids }, point)),
});

/** A region, project or organisation by kind and key. */
export const subjectByKey = defineLoaderAtPoint({
  nameOf: streamOfSubject,
  async fetch(names: readonly SubjectName[], point, { read }) {
    const found = new Map<string, SubjectView>();
    for (const [kind, group] of Map.groupBy(names, (name) => name.kind)) {
      const keys = group.map(({ key }) => key);
      for (const view of await subjectsAt(read, { kind, keys }, point)) found.set(streamOfSubject(view), view);
    }
    return found;
  },
});

/** All statements about a subject that were recorded by the position. */
export const historyOfSubject = defineLoaderAtPosition({
  nameOf: sameKey<number>,
  async fetch(ids, position, { read }) {
    const versions = Map.groupBy(await versionsBy(read, ids, null, position), ({ subject }) => subject);
    return new Map(ids.map((id) => [id, historyOf(versions.get(id) ?? [])]));
  },
});

interface KindAtPoint<K> {
  readonly kind: K;
  readonly point: Point;
}

/** All subjects of a kind that are registered by the position, whether they exist at the date or not. */
export const registeredSubjects = oncePerRequest(
  ({ kind, point }: KindAtPoint<AnySubjectKind>, { read }) => subjectsAt(read, { kind }, point),
  ({ kind, point }) => `${kind}@${nameOfPoint(point)}`,
);

/** The subjects that exist and pass a filter. */
export const existingSubjects = oncePerRequest(
  ({ kind, filter, point }: KindAtPoint<SubjectKind> & { readonly filter: SubjectFilter }, { read }) =>
    population(read, kind, filter, point),
  ({ kind, filter, point }) => `${kind}@${nameOfPoint(point)}@${JSON.stringify(filter)}`,
);

/** The placement on a scale of each existing subject of a kind, by id. */
export const placementsOnScale = oncePerRequest(
  async ({ kind, scale, point }: KindAtPoint<SubjectKind> & { readonly scale: string }, context) => {
    const subjects = await existingSubjects({ kind, filter: {}, point }, context);
    const ids = subjects.map(({ id }) => id);
    return placements(context.read, ids, scale, point);
  },
  ({ kind, scale, point }) => `${kind}@${scale}@${nameOfPoint(point)}`,
);

/** Of each region that has a parent: its key and the parent's. */
export const parentsByRegion = oncePerRequest((point: Point, { read }) => parentsOfRegions(read, point), nameOfPoint);

import type { SubjectKind } from '../../events/primitives.js';
import { regionKeys } from '../../events/reserved-scales.js';
import { population } from '../../projections/statements/queries/population.js';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import type { At } from '../moments/at.js';
import type { PageOf } from '../paging/connection.js';
import type { Context } from '../context.js';
import { continuationWithin, momentOfList } from '../paging/continuation.js';
import { orderOfList } from '../paging/list-order.js';
import { type Continuation, type CursorFrame, digestOf, encodeCursor, readCursors } from '../paging/cursor.js';
import { Moment } from '../moments/moment.js';
import { type PageRequest, cutPage, pageSize } from '../paging/page.js';
import { Project, ProjectConnection } from './project.js';
import type { Region } from './region.js';
import { type SubjectFilter, checkedFilter } from './subject-filter.js';
import { type SubjectOrder, checkedOrder, defaultOrder, inOrder, subjectOrderFormat } from './subject-order.js';
import { existingSubjects, parentsByRegion, placementsOnScale } from './loaders.js';

export interface SubjectListRequest {
  readonly at?: At | null | undefined;
  readonly filter?: SubjectFilter | null | undefined;
  readonly orderBy?: SubjectOrder | null | undefined;
  readonly page: PageRequest;
}

/** A list of Query: the existing subjects of a kind, filtered, in order, page by page at one moment. */
export async function subjectList<T>(
  kind: SubjectKind,
  { at, filter, orderBy, page }: SubjectListRequest,
  toNode: (view: SubjectView, moment: ResolvedMoment) => T,
  context: Context,
): Promise<PageOf<T>> {
  const list = `${kind} list`;
  const digest = digestOf(filter ?? {});
  const asked = await checkedOrder(orderBy, kind, context);
  const checked = await checkedFilter(filter, kind, context);
  const { moment, ...cursors } = await momentOfList(at, page, list, digest, context);
  const { order, text } = orderOfList(asked, defaultOrder, subjectOrderFormat, cursors.frame);
  const subjects = await population(context.read, kind, checked, moment);
  const sorted = await inOrder(subjects, order, kind, moment, context);
  return pageOfSubjects(sorted, { list, digest, order: text }, page, cursors, moment, toNode);
}

/** Pages through subjects that are in order already. */
function pageOfSubjects<T>(
  subjects: readonly SubjectView[],
  frame: Pick<CursorFrame, 'list' | 'digest' | 'order'>,
  page: PageRequest,
  { after, before }: Continuation,
  moment: ResolvedMoment,
  toNode: (view: SubjectView, moment: ResolvedMoment) => T,
): PageOf<T> {
  const cursor = { ...frame, asOf: moment.asOf, position: moment.position };
  const bounds = { after: after?.[0] ?? null, before: before?.[0] ?? null };
  const list = { items: subjects, keyOf: ({ key }: SubjectView) => key, cursor, moment: new Moment(moment) };
  return cutPage(list, page, bounds, (view) => toNode(view, moment));
}

/**
 * A page of subjects in order of registration. It begins after the subject that the cursor names, even where that subject is
 * not in this list, so that one cursor continues all cells of a table.
 */
export function pageByRegistration<I, T>(
  items: readonly I[],
  /** The id of the subject that an item is about. */
  idOf: (item: I) => number,
  frame: Pick<CursorFrame, 'list' | 'digest'>,
  page: PageRequest,
  moment: ResolvedMoment,
  toNode: (item: I) => T,
): PageOf<T> {
  const { after } = readCursors(page, frame.list, frame.digest);
  const { limit } = pageSize(page);
  const from = Number(after?.[0] ?? 0);
  const following = items.filter((item) => idOf(item) > from);
  const { asOf, position } = moment;
  return {
    entries: following.slice(0, limit).map((item) => ({
      node: toNode(item),
      cursor: encodeCursor({ ...frame, order: '', asOf, position }, [idOf(item)]),
    })),
    hasNextPage: following.length > limit,
    hasPreviousPage: following.length < items.length,
    totalCount: items.length,
    moment: new Moment(moment),
  };
}

export async function projectsOfRegion(
  { view, at }: Region,
  filter: SubjectFilter | null,
  page: PageRequest,
  context: Context,
): Promise<InstanceType<typeof ProjectConnection>> {
  const list = `projects of ${view.key}`;
  const digest = digestOf(filter ?? {});
  const checked = await checkedFilter(filter, 'PROJECT', context);
  const cursors = continuationWithin(at, page, list, digest);
  // These are loaded once per request, so a list of regions with their projects needs no more queries than one region.
  const existing = await existingSubjects({ kind: 'PROJECT', filter: checked, point: at }, context);
  const regionsOf = await placementsOnScale({ kind: 'PROJECT', scale: 'regions', point: at }, context);
  const parents = await parentsByRegion(at, context);
  const within = (key: string): boolean => key === view.key || parents.get(key) === view.key;
  const projects = existing.filter(({ id }) => regionKeys(regionsOf.get(id)?.level ?? '').some(within));
  const sorted = await inOrder(projects, defaultOrder, 'PROJECT', at, context);
  const frame = { list, digest, order: subjectOrderFormat.print(defaultOrder) };
  return new ProjectConnection(
    pageOfSubjects(sorted, frame, page, cursors, at, (each, moment) => new Project(each, moment)),
  );
}

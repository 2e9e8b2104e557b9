import { sql, type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool } from 'kysely';
import type { Basis, SubjectKind } from '../../../events/primitives.js';
import { numberAt, textAt } from '../../json-rows.js';
import type { ReadDatabase, ReadTables } from '../../read-database.js';
import type { Direction } from '../changes.js';
import type { StatusChangeRow } from '../tables.js';
import { cellRows, numbers, texts } from './fragments.js';
import type { Cell } from './statuses.js';

/** A change of a known timeline, as seen from a position: what supersedes it later has not happened there. */
export interface StatusChangeView {
  readonly knownFromPosition: number;
  readonly ordinal: number;
  readonly subject: number;
  readonly kind: string;
  readonly scale: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly direction: Direction;
  readonly effectiveOn: string;
  readonly changedAfter: string | null;
  readonly knownFrom: string;
  readonly basis: Basis | null;
  readonly recordedBy: string;
  /** Position of the version, or of the retirement, that the change ends in. */
  readonly statement: number;
  readonly supersededAt: string | null;
  readonly supersededByPosition: number | null;
}

export interface StatusChangeQuery {
  /** Sees only what was known by this position. */
  readonly position: number;
  readonly includeSuperseded: boolean;
  readonly subjectKind?: SubjectKind | undefined;
  readonly subjects?: readonly number[] | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly scales?: readonly string[] | undefined;
  /** Leaves out changes on scales that do not assess their subject's kind: names, parents, a region's care office. */
  readonly assessedOnly?: boolean | undefined;
  readonly direction?: readonly Direction[] | undefined;
  readonly from?: readonly string[] | undefined;
  readonly to?: readonly string[] | undefined;
  /** Half-open: [effectiveFrom, effectiveUntil). */
  readonly effectiveFrom?: string | undefined;
  readonly effectiveUntil?: string | undefined;
  /** Half-open, of knownFrom. */
  readonly recordedFrom?: string | undefined;
  readonly recordedUntil?: string | undefined;
  readonly basis?: readonly Basis[] | undefined;
  readonly recordedBy?: readonly string[] | undefined;
}

export interface ChangeOrder {
  readonly by: 'EFFECTIVE_ON' | 'RECORDED_AT';
  readonly direction: 'ASC' | 'DESC';
}

/** The place of a change in either order: the content of a cursor. */
export interface ChangePlace {
  readonly effectiveOn: string;
  readonly knownFromPosition: number;
  readonly ordinal: number;
}

export interface ChangePage {
  readonly after?: ChangePlace | undefined;
  readonly before?: ChangePlace | undefined;
  readonly limit: number;
  /** FIRST: from the beginning of the range; LAST: the end of it, still in the order asked for. */
  readonly from: 'FIRST' | 'LAST';
}

type Builder = ExpressionBuilder<ReadTables, 'status_change'>;

/** Which changes, whatever the position that they are seen from. */
export type ChangeFilter = Omit<StatusChangeQuery, 'position' | 'includeSuperseded'>;

function conditions(eb: Builder, query: StatusChangeQuery): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [
    eb('known_from', '<=', query.position),
    filtered(eb, query, sql`${query.position}`),
  ];
  if (!query.includeSuperseded) all.push(eb('superseded_by', '>', query.position));
  return eb.and(all);
}

/** @param seenFrom the position by which a scale must be defined to count as one that assesses */
export function filtered(eb: Builder, query: ChangeFilter, seenFrom: RawBuilder<unknown>): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [];
  const among = (column: keyof StatusChangeRow, values: readonly string[] | undefined) => {
    if (values) all.push(sql<SqlBool>`${sql.ref(column)} in ${texts(values)}`);
  };
  if (query.subjects) all.push(sql<SqlBool>`subject in ${numbers(query.subjects)}`);
  among('scale', query.scales);
  among('direction', query.direction);
  among('from_level', query.from);
  among('to_level', query.to);
  among('basis', query.basis);
  among('recorded_by', query.recordedBy);
  if (query.subjectKind) all.push(eb('kind', '=', query.subjectKind));
  else all.push(eb('kind', '!=', 'ORGANISATION'));
  if (query.assessedOnly) {
    all.push(sql<SqlBool>`exists (
      select 1 from ${sql.table('scale_version')} v where v.key = ${sql.ref('status_change.scale')} and v.subject_kind = ${sql.ref('status_change.kind')}
        and v.position <= ${seenFrom})`);
  }
  if (query.keys) {
    all.push(sql<SqlBool>`subject in (select id from ${sql.table('subject')} where key in ${texts(query.keys)})`);
  }
  if (query.effectiveFrom !== undefined) all.push(eb('effective_on', '>=', query.effectiveFrom));
  if (query.effectiveUntil !== undefined) all.push(eb('effective_on', '<', query.effectiveUntil));
  if (query.recordedFrom !== undefined) all.push(eb('known_from_at', '>=', query.recordedFrom));
  if (query.recordedUntil !== undefined) all.push(eb('known_from_at', '<', query.recordedUntil));
  return eb.and(all);
}

/** A page of the changes that match, and how many match in all. Ordered by date, then position (time rule 4), or by position. */
export async function statusChanges(
  db: ReadDatabase,
  query: StatusChangeQuery,
  order: ChangeOrder,
  page: ChangePage,
): Promise<{ readonly changes: readonly StatusChangeView[]; readonly hasMore: boolean; readonly totalCount: number }> {
  const columns =
    order.by === 'EFFECTIVE_ON'
      ? (['effective_on', 'known_from', 'ordinal'] as const)
      : (['known_from', 'ordinal'] as const);
  const place = (at: ChangePlace) =>
    sql.join(
      order.by === 'EFFECTIVE_ON'
        ? [at.effectiveOn, at.knownFromPosition, at.ordinal]
        : [at.knownFromPosition, at.ordinal],
    );
  const tuple = sql.join(columns.map((column) => sql.ref(column)));
  const [later, earlier] = order.direction === 'ASC' ? [sql`>`, sql`<`] : [sql`<`, sql`>`];
  const forwards = (order.direction === 'ASC') === (page.from === 'FIRST');

  let rows = db
    .selectFrom('status_change')
    .selectAll()
    .where((eb) => conditions(eb, query));
  if (page.after) rows = rows.where(sql<SqlBool>`(${tuple}) ${later} (${place(page.after)})`);
  if (page.before) rows = rows.where(sql<SqlBool>`(${tuple}) ${earlier} (${place(page.before)})`);
  for (const column of columns) rows = rows.orderBy(column, forwards ? 'asc' : 'desc');
  const found = await rows.limit(page.limit + 1).execute();

  const { count } = await db
    .selectFrom('status_change')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) => conditions(eb, query))
    .executeTakeFirstOrThrow();
  const changes = found.slice(0, page.limit).map((row) => changeOf(row, query.position));
  if (page.from === 'LAST') changes.reverse();
  return { changes, hasMore: found.length > page.limit, totalCount: count };
}

/** One change by its identity; null where none is known by the position. */
export async function statusChange(
  db: ReadDatabase,
  id: Pick<StatusChangeView, 'knownFromPosition' | 'ordinal'>,
  position: number,
): Promise<StatusChangeView | null> {
  const row = await db
    .selectFrom('status_change')
    .selectAll()
    .where('known_from', '=', id.knownFromPosition)
    .where('ordinal', '=', id.ordinal)
    .where('known_from', '<=', position)
    .executeTakeFirst();
  return row ? changeOf(row, position) : null;
}

/** The changes of these cells that are known at a position and not superseded there, oldest first. */
export async function currentChanges(
  db: ReadDatabase,
  cells: readonly Cell[],
  position: number,
): Promise<StatusChangeView[]> {
  const { rows } = await sql<StatusChangeRow>`
    select c.* from ${cellRows(cells)} q
    join ${sql.table('status_change')} c on c.subject = ${numberAt('q.value', 0)} and c.scale = ${textAt('q.value', 1)}
    where c.known_from <= ${position} and c.superseded_by > ${position}
    order by c.effective_on, c.known_from, c.ordinal`.execute(db);
  return rows.map((row) => changeOf(row, position));
}

export function changeOf(row: StatusChangeRow, position: number): StatusChangeView {
  const superseded = row.superseded_by <= position;
  return {
    knownFromPosition: row.known_from,
    ordinal: row.ordinal,
    subject: row.subject,
    kind: row.kind,
    scale: row.scale,
    from: row.from_level,
    to: row.to_level,
    direction: row.direction as Direction,
    effectiveOn: row.effective_on,
    changedAfter: row.changed_after,
    knownFrom: row.known_from_at,
    basis: row.basis as Basis | null,
    recordedBy: row.recorded_by,
    statement: row.to_statement,
    supersededAt: superseded ? row.superseded_at : null,
    supersededByPosition: superseded ? row.superseded_by : null,
  };
}

import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ReadDatabase } from '../../read-database.js';
import { FOREVER } from '../../table.js';
import { changeOf, filtered, type ChangeFilter, type StatusChangeView } from './status-changes.js';

/** What one event did to the changes of its subject on one scale, as seen from that event. */
export interface ChangeFeedEntry {
  /** Of the event. */
  readonly position: number;
  readonly scale: string;
  /** The changes that the event superseded, and those that it made known: both by date, and not both empty. */
  readonly ended: readonly StatusChangeView[];
  readonly begun: readonly StatusChangeView[];
}

/** Positions (after, upTo]. */
export interface Span {
  readonly after: number;
  readonly upTo: number;
}

type Column = 'known_from' | 'superseded_by';

/**
 * Written so that the span drives the search, however promising the index of a filter looks: spans are small. The index of what
 * superseded changes holds nothing else, so the query has to say that it asks for nothing else.
 */
const within = (column: Column, { after, upTo }: Span): RawBuilder<SqlBool> => sql<SqlBool>`
  (known_from, ordinal) in (select r.known_from, r.ordinal from ${sql.table('status_change')} r
    where ${sql.ref(`r.${column}`)} > ${after} and ${sql.ref(`r.${column}`)} <= ${upTo}
      and ${sql.ref(`r.${column}`)} < ${sql.lit(FOREVER)})`;

type Occurrence = { readonly at: number; readonly what: 'ended' | 'begun'; readonly change: StatusChangeView };

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byDate = (a: Occurrence, b: Occurrence): number =>
  text(a.change.effectiveOn, b.change.effectiveOn) ||
  a.change.knownFromPosition - b.change.knownFromPosition ||
  a.change.ordinal - b.change.ordinal;

/**
 * The entries of the events in (after, upTo], by position and then by key of the scale. An event is about one subject, but may
 * have an entry for several scales: a retirement ends the statuses on all of them.
 */
export async function changeFeed(db: ReadDatabase, filter: ChangeFilter, span: Span): Promise<ChangeFeedEntry[]> {
  const occurred = async (column: Column, what: Occurrence['what']): Promise<Occurrence[]> => {
    const rows = await db
      .selectFrom('status_change')
      .selectAll()
      .where(within(column, span))
      .where((eb) => filtered(eb, filter, sql.ref(`status_change.${column}`)))
      .execute();
    return rows.map((row) => ({ at: row[column], what, change: changeOf(row, row[column]) }));
  };
  const occurrences = [...(await occurred('superseded_by', 'ended')), ...(await occurred('known_from', 'begun'))].sort(
    (a, b) => a.at - b.at || text(a.change.scale, b.change.scale) || byDate(a, b),
  );
  const groups = Map.groupBy(occurrences, ({ at, change }) => `${at} ${change.scale}`);
  return [...groups.values()].map((group) => newsOf(group as [Occurrence, ...Occurrence[]]));
}

function newsOf(group: readonly [Occurrence, ...Occurrence[]]): ChangeFeedEntry {
  const [{ at, change }] = group;
  const those = (what: Occurrence['what']) => group.filter((each) => each.what === what).map((each) => each.change);
  return { position: at, scale: change.scale, ended: those('ended'), begun: those('begun') };
}

import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { isWellFormedText } from '../../../events/well-formed.js';
import { jsonRows, numberAt, textAt } from '../../json-rows.js';
import type { Point } from '../../point.js';

/** A list of numbers, for what stands behind IN. */
export const numbers = (values: readonly number[]): RawBuilder<number> =>
  sql<number>`(select ${numberAt('value', 0)} from ${jsonRows(values.map((value) => [value]))} listed)`;

/** Cells as rows with a subject's id and a scale in their `value`. */
export const cellRows = (cells: readonly { readonly subject: number; readonly scale: string }[]) =>
  jsonRows(cells.filter(({ scale }) => isWellFormedText(scale)).map(({ subject, scale }) => [subject, scale]));

/** A list of texts in the same way. What no log can hold is in no read model either, and databases refuse to look for it. */
export const texts = (values: readonly string[]): RawBuilder<string> =>
  sql<string>`(select ${textAt('value', 0)} from ${jsonRows(values.filter(isWellFormedText).map((value) => [value]))} listed)`;

/** A version of `alias` is known at a position (time rule 1). */
export const knownAt = (alias: string, position: number): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(`${alias}.position`)} <= ${position} and ${sql.ref(`${alias}.known_until`)} > ${position}`;

/**
 * The position of the version that governs a cell at a point, by time rule 2 alone: the lifetime is the caller's to check. One
 * seek in the index on (subject, scale, effective_on, rank), however long the log.
 */
export const governing = (subject: RawBuilder<unknown>, scale: RawBuilder<unknown>, { asOf, position }: Point) => sql<
  number | null
>`(
  select g.position from ${sql.table('statement')} g
  where g.subject = ${subject} and g.scale = ${scale} and g.effective_on <= ${asOf} and ${knownAt('g', position)}
  order by g.effective_on desc, g.rank desc limit 1)`;

/** The first known date of a registration or a retirement. */
export const firstDate = (subject: RawBuilder<unknown>, level: 'registered' | 'retired', position: number) => sql<
  string | null
>`(
  select min(e.effective_on) from ${sql.table('statement')} e
  where e.subject = ${subject} and e.scale = 'existence' and e.level = ${level} and ${knownAt('e', position)})`;

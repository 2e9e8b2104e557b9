import type { SubjectKind } from '../../events/primitives.js';
import type { Point } from '../point.js';
import type { ReadDatabase } from '../read-database.js';
import type { SubjectFilter } from '../statements/queries/population.js';
import type { SubjectView } from '../statements/queries/subjects.js';
import { countBases, weakest, type BasisCountView } from './basis.js';
import type { Basis } from '../../events/primitives.js';
import { scopeAt, withOthers, type ScopedSubject } from './scope.js';

/** One column of a cross-tabulation: its cells by row, and who is in scope without being in a cell. */
export interface TabulatedColumn {
  readonly cells: readonly TabulatedCell[];
  readonly total: number;
}

export interface TabulatedCell {
  readonly members: readonly SubjectView[];
  readonly bases: readonly Basis[];
}

export interface CrossTabulation {
  /** Level keys. */
  readonly rows: readonly string[];
  /** By column, then by row. */
  readonly columns: readonly TabulatedColumn[];
  readonly rowTotals: readonly number[];
  readonly total: number;
  /** Per moment; one entry where the columns are levels. */
  readonly unassessed: readonly number[];
  readonly unplaced: number;
  /** Per moment: total + unassessed + unplaced. */
  readonly inScope: readonly number[];
  readonly basis: readonly BasisCountView[];
}

export interface TabulationQuery {
  readonly kind: SubjectKind;
  readonly filter: SubjectFilter;
  readonly rowScale: string;
  /** The levels that the row scale is known to have, in order. */
  readonly rows: readonly string[];
}

/** A scale at each of several moments: one column per moment. */
export async function tabulateMoments(
  db: ReadDatabase,
  { kind, filter, rowScale, rows: known }: TabulationQuery,
  points: readonly Point[],
): Promise<CrossTabulation> {
  const scoped: (readonly ScopedSubject[])[] = [];
  for (const point of points) scoped.push(await scopeAt(db, kind, filter, [rowScale], point));
  const rows = withOthers(
    known,
    scoped.flat().map(({ on: [row] }) => row),
  );
  const columns = scoped.map((column) => columnOf(column, rows));
  const inScope = scoped.map(({ length }) => length);
  const unassessed = columns.map(({ total }, index) => (inScope[index] ?? 0) - total);
  return { ...summary(columns, rows), unassessed, unplaced: 0, inScope };
}

/** One scale against another at one point: one column per level of the second. */
export async function tabulateScales(
  db: ReadDatabase,
  { kind, filter, rowScale, rows: known }: TabulationQuery,
  columnScale: string,
  knownColumns: readonly string[],
  point: Point,
): Promise<CrossTabulation & { readonly columnLevels: readonly string[] }> {
  const inScope = await scopeAt(db, kind, filter, [rowScale, columnScale], point);
  const assessed = inScope.filter(({ on: [row] }) => row !== null);
  const scoped = assessed.filter(({ on: [, column] }) => column !== null);
  const rows = withOthers(
    known,
    scoped.map(({ on: [row] }) => row),
  );
  const columnLevels = withOthers(
    knownColumns,
    scoped.map(({ on: [, column] }) => column),
  );
  const columns = columnLevels.map((level) =>
    columnOf(
      scoped.filter(({ on: [, column] }) => column?.level === level),
      rows,
    ),
  );
  const uncounted = { unassessed: [inScope.length - assessed.length], unplaced: assessed.length - scoped.length };
  return { ...summary(columns, rows), ...uncounted, inScope: [inScope.length], columnLevels };
}

function columnOf(scoped: readonly ScopedSubject[], rows: readonly string[]): TabulatedColumn {
  const byLevel = Map.groupBy(scoped, ({ on: [row] }) => row?.level);
  const cells = rows.map((level) => {
    const members = byLevel.get(level) ?? [];
    return {
      members: members.map(({ subject }) => subject),
      bases: members.map(({ on }) => weakest(on.flatMap((placement) => placement?.basis ?? []))),
    };
  });
  return { cells, total: cells.reduce((sum, { members }) => sum + members.length, 0) };
}

function summary(columns: readonly TabulatedColumn[], rows: readonly string[]) {
  const rowTotals = rows.map((_, row) =>
    columns.reduce((sum, { cells }) => sum + (cells[row]?.members.length ?? 0), 0),
  );
  const bases = columns.flatMap(({ cells }) => cells.flatMap((cell) => cell.bases));
  return {
    rows,
    columns,
    rowTotals,
    total: rowTotals.reduce((sum, count) => sum + count, 0),
    basis: countBases(bases),
  };
}

import type { SubjectKind } from '../../events/primitives.js';
import type { Point } from '../point.js';
import type { ReadDatabase } from '../read-model.js';
import type { SubjectFilter } from '../statements/questions/population.js';
import type { SubjectFacts } from '../statements/questions/subjects.js';
import { countBases, weakest, type BasisCount } from './basis.js';
import type { Basis } from '../../events/primitives.js';
import { scopeAt, type Placed } from './scope.js';

/** One column of a cross-tabulation: its cells by row, and who is in scope without being in a cell. */
export interface TabulatedColumn {
  readonly cells: readonly TabulatedCell[];
  readonly total: number;
}

export interface TabulatedCell {
  readonly members: readonly SubjectFacts[];
  readonly bases: readonly Basis[];
}

export interface CrossTabulation {
  /** By column, then by row. */
  readonly columns: readonly TabulatedColumn[];
  readonly rowTotals: readonly number[];
  readonly total: number;
  /** Per moment; one entry where the columns are levels. */
  readonly unassessed: readonly number[];
  readonly unplaced: number;
  /** Per moment: total + unassessed + unplaced. */
  readonly inScope: readonly number[];
  readonly basis: readonly BasisCount[];
}

export interface TabulationQuestion {
  readonly kind: SubjectKind;
  readonly filter: SubjectFilter;
  readonly rowScale: string;
  /** Level keys, in the order of the rows. */
  readonly rows: readonly string[];
}

/** A scale at each of several moments: one column per moment. */
export async function tabulateMoments(
  db: ReadDatabase,
  { kind, filter, rowScale, rows }: TabulationQuestion,
  points: readonly Point[],
): Promise<CrossTabulation> {
  const columns: TabulatedColumn[] = [];
  const inScope: number[] = [];
  for (const point of points) {
    const placed = await scopeAt(db, kind, filter, [rowScale], point);
    inScope.push(placed.length);
    columns.push(columnOf(placed, rows));
  }
  const unassessed = columns.map(({ total }, index) => (inScope[index] ?? 0) - total);
  return { ...summary(columns, rows.length), unassessed, unplaced: 0, inScope };
}

/** One scale against another at one point: one column per level of the second. */
export async function tabulateScales(
  db: ReadDatabase,
  { kind, filter, rowScale, rows }: TabulationQuestion,
  columnScale: string,
  columnLevels: readonly string[],
  point: Point,
): Promise<CrossTabulation> {
  const placed = await scopeAt(db, kind, filter, [rowScale, columnScale], point);
  const assessed = placed.filter(({ on: [row] }) => row !== null);
  const columns = columnLevels.map((level) =>
    columnOf(
      assessed.filter(({ on: [, column] }) => column?.level === level),
      rows,
    ),
  );
  const parts = summary(columns, rows.length);
  const unassessed = placed.length - assessed.length;
  return { ...parts, unassessed: [unassessed], unplaced: assessed.length - parts.total, inScope: [placed.length] };
}

function columnOf(placed: readonly Placed[], rows: readonly string[]): TabulatedColumn {
  const byLevel = Map.groupBy(placed, ({ on: [row] }) => row?.level);
  const cells = rows.map((level) => {
    const members = byLevel.get(level) ?? [];
    return {
      members: members.map(({ subject }) => subject),
      bases: members.map(({ on }) => weakest(on.flatMap((placement) => placement?.basis ?? []))),
    };
  });
  return { cells, total: cells.reduce((sum, { members }) => sum + members.length, 0) };
}

function summary(columns: readonly TabulatedColumn[], rows: number) {
  const rowTotals = Array.from({ length: rows }, (_, row) =>
    columns.reduce((sum, { cells }) => sum + (cells[row]?.members.length ?? 0), 0),
  );
  const bases = columns.flatMap(({ cells }) => cells.flatMap((cell) => cell.bases));
  return { columns, rowTotals, total: rowTotals.reduce((sum, count) => sum + count, 0), basis: countBases(bases) };
}

import { addArc, flowOn, newNetwork, send } from './min-cost-flow.js';

/** How many units a row or column should hold. */
export interface Margin {
  readonly wanted: number;
  /** May not be exceeded even when that leaves another margin unmet; without it a wanted number is only a wish. */
  readonly most?: number;
}

export interface Allocation {
  /** Units that must be placed whatever the margins say: row number and count. */
  readonly fixed?: readonly { readonly row: number; readonly count: number }[];
  readonly rows: readonly Margin[];
  readonly columns: readonly Margin[];
  /** What one unit in this cell costs, an integer from 0; null where it may not be. */
  readonly cost: (row: number, column: number) => number | null;
  readonly total: number;
}

/**
 * Fills a contingency table with whole numbers: places `total` units so that row and column sums miss what is wanted
 * by as little as possible and, among those, at least cost. When the margins can be met they are met exactly; when not,
 * columns give way before rows. The caller compares the sums with what it wanted: nothing is rounded or dropped to make
 * them agree. Costs add up to safe integers for some thousands of units.
 */
export function allocate({ fixed = [], rows, columns, cost, total }: Allocation): number[][] {
  const source = 0;
  const sink = 1;
  const rowNode = (row: number): number => 2 + row;
  const columnNode = (column: number): number => 2 + rows.length + column;
  const net = newNetwork(2 + rows.length + columns.length);

  const costs = rows.map((_, row) => columns.map((_, column) => cost(row, column)));
  const dearest = Math.max(0, ...costs.flat().map((each) => each ?? 0));
  // One unit too many anywhere outweighs the cost of any arrangement; of two such misses a column's is preferred.
  const preference = (total + 1) * (dearest + 1);
  const excess = (total + 1) * preference;
  const addMargin = (from: number, to: number, { wanted, most = Infinity }: Margin, penalty: number): void => {
    addArc(net, from, to, Math.min(wanted, most), 0);
    if (most > wanted) addArc(net, from, to, most - wanted, penalty);
  };

  rows.forEach((margin, row) => addMargin(source, rowNode(row), margin, excess + preference));
  const cells = costs.map((line, row) =>
    line.map((each, column) => (each === null ? null : addArc(net, rowNode(row), columnNode(column), total, each))),
  );
  columns.forEach((margin, column) => addMargin(columnNode(column), sink, margin, excess));

  // Fixed units enter at their row, past its margin, so that no later path can push them out again.
  const placed = fixed.reduce((sum, { row, count }) => sum + send(net, rowNode(row), sink, count), 0);
  send(net, source, sink, total - placed);
  return cells.map((line) => line.map((arc) => (arc === null ? 0 : flowOn(net, arc))));
}

import type { TableDefinition } from '../../../projections/table.js';
import type { Row } from './rows-in-order.js';

/** Where a table is not what the log implies. */
export interface RowFault {
  readonly table: string;
  /** The row's primary key. */
  readonly key: Row;
  /** The row is missing, or should not be there, or has other values in these columns. */
  readonly fault: 'MISSING' | 'EXTRA' | { readonly differsIn: readonly string[] };
}

/** Text is ordered byte by byte in both dialects, and not as JavaScript does it. */
function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

const keyOf = ({ primaryKey }: TableDefinition, row: Row): Row =>
  Object.fromEntries(primaryKey.map((column) => [column, row[column]]));

function compareKeys({ primaryKey }: TableDefinition, a: Row, b: Row): number {
  for (const column of primaryKey) {
    const order = compareValues(a[column], b[column]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Walks along both in the order of the primary key, and tells where what is there is not what is implied. */
export async function* compareTables(
  table: TableDefinition,
  there: AsyncIterator<Row>,
  implied: AsyncIterator<Row>,
): AsyncGenerator<RowFault> {
  let [here, expected] = [await there.next(), await implied.next()];
  while (here.done !== true || expected.done !== true) {
    const order = here.done === true ? 1 : expected.done === true ? -1 : compareKeys(table, here.value, expected.value);
    if (order < 0) {
      yield { table: table.name, key: keyOf(table, here.value as Row), fault: 'EXTRA' };
    } else if (order > 0) {
      yield { table: table.name, key: keyOf(table, expected.value as Row), fault: 'MISSING' };
    } else {
      const [one, other] = [here.value as Row, expected.value as Row];
      const differsIn = Object.keys(table.columns).filter((name) => one[name] !== other[name]);
      if (differsIn.length > 0) yield { table: table.name, key: keyOf(table, one), fault: { differsIn } };
    }
    if (order <= 0) here = await there.next();
    if (order >= 0) expected = await implied.next();
  }
}

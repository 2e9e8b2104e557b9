import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CountedCell } from '../events/periods.js';
import { cellsOfPeriod } from '../projections/formulas/cells-of-period.js';
import type { HistoricEvent } from '../src/event-store/port.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { newFolds, project } from '../src/projector/batch.js';
import { openReadDatabase } from '../src/read-database/open.js';
import { liveVersion, tablesOf } from '../src/read-database/versions.js';

/**
 * What a publication of the period keeps at the end of a history, by the product itself: a log and read models that exist
 * only for this.
 */
export async function rebuiltCells(history: readonly HistoricEvent[], period: string): Promise<CountedCell[]> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-cells-'));
  const log = openSqliteEventStore({ file: join(folder, 'log.sqlite') });
  const database = await openReadDatabase({ engine: 'sqlite', path: join(folder, 'read.sqlite') });
  try {
    await log.load(history);
    const version = (await liveVersion(database.writing))?.version ?? 0;
    const events = await log.readAll(0, history.length);
    await database.writing.transaction().execute((transaction) => project(transaction, version, newFolds(), events));
    return await cellsOfPeriod(tablesOf(database.reading, version), period, history.length);
  } finally {
    await database.close();
    await log.close();
    await rm(folder, { recursive: true });
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CountedCell } from '../events/periods.js';
import { cellsOfPeriod } from '../projections/formulas/cells-of-period.js';
import type { HistoricEvent } from '../src/event-store/port.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { withReplayed } from '../src/read-models/projector/replay.js';

/**
 * The cells that a publication of the period keeps at the end of a history. The product itself counts them, in a temporary
 * log with temporary read models.
 */
export async function rebuiltCells(history: readonly HistoricEvent[], period: string): Promise<CountedCell[]> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-cells-'));
  const log = openSqliteEventStore({ file: join(folder, 'log.sqlite') });
  try {
    await log.load(history);
    return await withReplayed({ log, upTo: history.length }, (db) => cellsOfPeriod(db, period, history.length));
  } finally {
    await log.close();
    await rm(folder, { recursive: true });
  }
}

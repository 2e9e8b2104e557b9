import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tabulated, Tabulation } from '../events/periods.js';
import type { Point } from '../projections/point.js';
import type { ReadDatabase } from '../projections/read-model.js';
import { scalesAt } from '../projections/scales/questions.js';
import { tabulateMoments, tabulateScales, type CrossTabulation } from '../projections/tabulation/cross-tab.js';
import type { HistoricEvent } from '../src/event-store/port.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { newFolds, project } from '../src/projector/batch.js';
import { lockLiveVersion } from '../src/read-database/lock.js';
import { openReadDatabase } from '../src/read-database/open.js';
import { tablesOf } from '../src/read-database/versions.js';

/** Answers the questions as at the end of a history, by the product itself: a log and read models that exist only for this. */
export async function rebuiltCells(
  history: readonly HistoricEvent[],
  questions: readonly Tabulation[],
  asOf: string,
): Promise<Tabulated[]> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-cells-'));
  const log = openSqliteEventStore({ file: join(folder, 'log.sqlite') });
  const database = await openReadDatabase({ file: join(folder, 'read.sqlite') });
  try {
    await log.load(history);
    const version = await database.writing.transaction().execute(async (transaction) => {
      const live = await lockLiveVersion(transaction);
      await project(transaction, live.version, newFolds(), await log.readAll(0, history.length));
      return live.version;
    });
    const db = tablesOf(database.reading, version);
    const answers: Tabulated[] = [];
    for (const question of questions) answers.push(await tabulate(db, question, { asOf, position: history.length }));
    return answers;
  } finally {
    await database.close();
    await log.close();
    await rm(folder, { recursive: true });
  }
}

async function tabulate(db: ReadDatabase, question: Tabulation, point: Point): Promise<Tabulated> {
  const scales = await scalesAt(db, point.position);
  const levelsOf = (scale: string): string[] => {
    const found = scales.find(({ key }) => key === scale);
    if (!found) throw new Error(`The history defines no scale '${scale}' to count on.`);
    return found.levels.map(({ key }) => key);
  };
  const { subjects, rows: rowScale, columns: columnScale, where } = question;
  const asked = { kind: subjects, filter: { where }, rowScale, rows: levelsOf(rowScale) };
  if (columnScale === null) {
    return tabulated(question, asked.rows, [null], await tabulateMoments(db, asked, [point]));
  }
  const columns = levelsOf(columnScale);
  return tabulated(question, asked.rows, columns, await tabulateScales(db, asked, columnScale, columns, point));
}

const tabulated = (
  question: Tabulation,
  rows: readonly string[],
  columns: readonly (string | null)[],
  answer: CrossTabulation,
): Tabulated => ({
  question,
  cells: rows.flatMap((row, r) =>
    columns.map((column, c) => ({ row, column, count: answer.columns[c]?.cells[r]?.members.length ?? 0 })),
  ),
  unassessed: answer.unassessed[0] ?? 0,
  unplaced: answer.unplaced,
});

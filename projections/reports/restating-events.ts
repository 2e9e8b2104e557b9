import type { CellReference } from '../../events/formula/cell-reference.js';
import { allPeriods } from '../periods/questions.js';
import type { ReadDatabase } from '../read-model.js';
import { historyOf, timelineAt, type SubjectHistory } from '../statements/questions/history.js';
import { versionsBy, type StatementVersion } from '../statements/questions/versions.js';
import type { ReportFigures } from './figures.js';

/**
 * The positions of the events after the publication by which the membership of these cells has changed since: those that
 * ended what governed a subject then, and those that made what governs it now. In the order of the log.
 */
export async function restatingEvents(
  db: ReadDatabase,
  cells: readonly CellReference[],
  { pinned, position, period, countedThen, countedNow }: ReportFigures,
): Promise<number[]> {
  if (pinned === position) return [];
  const referenceDates = new Map(
    (await allPeriods(db, position)).map(({ key, referenceDate }) => [key, referenceDate]),
  );
  const found = new Set<number>();
  for (const cell of cells) {
    const asOf = referenceDates.get(cell.period ?? period);
    const differing = [...countedThen.members(cell).symmetricDifference(countedNow.members(cell))];
    if (asOf === undefined || differing.length === 0) continue;
    const versions = Map.groupBy(await versionsBy(db, differing, null, position), ({ subject }) => subject);
    const scales = ['existence', ...cell.conditions.map(({ scale }) => scale)];
    for (const id of differing) {
      const history = historyOf(versions.get(id) ?? []);
      for (const scale of scales) {
        const [before, after] = [pinned, position].map((at) => governingAt(history, scale, asOf, at));
        if (before?.position === after?.position) continue;
        // A lifetime is made by several statements, so all news of it counts; elsewhere one version gives way to another.
        const turns =
          scale === 'existence'
            ? history.existence.flatMap((version) => [version.endedAtPosition, version.position])
            : [before?.endedAtPosition, after?.position];
        for (const turn of turns) if (turn != null && turn > pinned) found.add(turn);
      }
    }
  }
  return [...found].sort((a, b) => a - b);
}

const governingAt = (
  history: SubjectHistory,
  scale: string,
  asOf: string,
  position: number,
): StatementVersion | undefined =>
  timelineAt(history, scale, position).find(({ since, until }) => since <= asOf && (until === null || asOf < until))
    ?.version;

import type { CellReference } from '../../events/formula/cell-reference.js';
import type { CellCounter } from '../formulas/cell-counter.js';
import { allPeriods } from '../periods/queries.js';
import type { ReadDatabase } from '../read-database.js';
import { historyOf, lifetimeAt, timelineAt, type SubjectHistory } from '../statements/queries/history.js';
import { versionsBy } from '../statements/queries/versions.js';
import { existsOn } from '../../events/lifetime.js';

/** A cell counted at the position that its figure was published at, and now. */
export interface CountedTwice {
  readonly pinned: number;
  readonly position: number;
  /** The period of cells that name none. */
  readonly period: string;
  readonly countedThen: CellCounter;
  readonly countedNow: CellCounter;
}

/**
 * The positions of the events that restated a cell: for each subject that is counted now and was not then, or the other
 * way round, the one event since which it is as it is now. What came before that and was undone again restated nothing,
 * nor did a correction that left the subject in the cell.
 */
export async function restatingEvents(
  db: ReadDatabase,
  cell: CellReference,
  { pinned, position, period, countedThen, countedNow }: CountedTwice,
): Promise<number[]> {
  const counted = countedNow.members(cell);
  const differing = [...countedThen.members(cell).symmetricDifference(counted)];
  if (differing.length === 0) return [];
  const asOf = (await allPeriods(db, position)).find(({ key }) => key === (cell.period ?? period))?.referenceDate;
  if (asOf === undefined) return [];
  const versions = Map.groupBy(await versionsBy(db, differing, null, position), ({ subject }) => subject);
  return differing.flatMap((id) => {
    const history = historyOf(versions.get(id) ?? []);
    const isCounted = (at: number): boolean => meets(history, cell, asOf, at);
    const positions = newsOf(history, cell).filter((candidate) => candidate > pinned && candidate <= position);
    return (
      positions.findLast(
        (candidate) => isCounted(candidate - 1) !== counted.has(id) && isCounted(candidate) === counted.has(id),
      ) ?? []
    );
  });
}

/** The positions at which anything about the subject's existence or its levels in the cell's conditions became known or ended. */
function newsOf(history: SubjectHistory, { conditions }: CellReference): number[] {
  const versions = ['existence', ...conditions.map(({ scale }) => scale)].flatMap((scale) => history.versionsOn(scale));
  const positions = versions.flatMap((version) => [version.position, version.endedAtPosition ?? version.position]);
  return [...new Set(positions)].sort((a, b) => a - b);
}

const meets = (history: SubjectHistory, { conditions }: CellReference, asOf: string, position: number): boolean =>
  existsOn(lifetimeAt(history, position), asOf) &&
  conditions.every(({ scale, levels }) => {
    const level = timelineAt(history, scale, position).find(
      ({ since, until }) => since <= asOf && (until === null || asOf < until),
    )?.version.level;
    return level !== undefined && (levels === null || levels.includes(level));
  });

import type { SubjectKind } from '../../events/primitives.js';
import type { Point } from '../point.js';
import type { ReadDatabase } from '../read-database.js';
import { directionOf, type Direction, type LevelOrder } from '../statements/changes.js';
import type { SubjectFilter } from '../statements/queries/population.js';
import { subjectsAt, type SubjectView } from '../statements/queries/subjects.js';
import { scopeAt, withOthers } from './scope.js';

/** A subject's level on both sides; null where it is absent: not in scope, outside the filter, or without a level. */
export interface ComparedSubject {
  /** As it is at 'to'; as it is at 'from' where its registration is not known at 'to'. */
  readonly subject: SubjectView;
  readonly shownAtTo: boolean;
  readonly from: string | null;
  readonly to: string | null;
  /** Level at the 'from' date as known at 'to': differs from `from` where our knowledge of that date has changed. */
  readonly fromAsKnownAtTo: string | null;
  /** Null where nothing changed. */
  readonly direction: Direction | null;
}

/** Time rule 13, for one level: change = movement + restatement, always. */
export interface LevelBalance {
  readonly level: string;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** What really moved, as known at 'to'. */
  readonly movement: number;
  /** What has since been learned about 'from'. */
  readonly restatement: number;
}

export interface ComparisonQuery {
  readonly kind: SubjectKind;
  readonly scale: string;
  /** The levels that the scale is known to have, in order. */
  readonly levels: readonly string[];
  readonly order: LevelOrder;
  readonly filter: SubjectFilter;
}

export interface ScaleComparison {
  readonly rows: readonly LevelBalance[];
  /** Subjects present on at least one side, in order of registration. */
  readonly subjects: readonly ComparedSubject[];
}

/** Compares a scale at two points. The filter is judged at each, and at 'from' as known at 'to' (time rule 13). */
export async function compare(
  db: ReadDatabase,
  { kind, scale, levels, order, filter }: ComparisonQuery,
  from: Point,
  to: Point,
): Promise<ScaleComparison> {
  const levelsAt = async (point: Point) => {
    const scoped = await scopeAt(db, kind, filter, [scale], point);
    return scoped.flatMap(({ subject, on: [placement] }) => (placement ? [{ subject, ...placement }] : []));
  };
  const before = await levelsAt(from);
  const after = await levelsAt(to);
  const restated = await levelsAt({ asOf: from.asOf, position: to.position });

  const levelIn = (scoped: typeof before) => new Map(scoped.map(({ subject, level }) => [subject.id, level]));
  const [beforeOf, afterOf, restatedOf] = [levelIn(before), levelIn(after), levelIn(restated)];
  const subjectById = new Map([...before, ...after].map(({ subject }) => [subject.id, subject]));
  const atTo = new Map(
    (await subjectsAt(db, { ids: [...subjectById.keys()] }, to)).map((subject) => [subject.id, subject]),
  );
  const subjects = [...subjectById.values()]
    .sort((a, b) => a.id - b.id)
    .map((subject): ComparedSubject => {
      const [fromLevel, toLevel] = [beforeOf.get(subject.id) ?? null, afterOf.get(subject.id) ?? null];
      return {
        subject: atTo.get(subject.id) ?? subject,
        shownAtTo: atTo.has(subject.id),
        from: fromLevel,
        to: toLevel,
        fromAsKnownAtTo: restatedOf.get(subject.id) ?? null,
        direction: fromLevel === toLevel ? null : directionOf(fromLevel, toLevel, order),
      };
    });
  const rows = withOthers(levels, [...before, ...after, ...restated]).map((level) => {
    const count = (scoped: typeof before) => scoped.filter((candidate) => candidate.level === level).length;
    const [n1, n2, n3] = [count(before), count(after), count(restated)];
    return { level, before: n1, after: n2, change: n2 - n1, movement: n2 - n3, restatement: n3 - n1 };
  });
  return { rows, subjects };
}

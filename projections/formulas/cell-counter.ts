import { nouns, writeCell, type CellCondition, type CellReference } from '../../events/formula/cell-reference.js';
import type { Value } from '../../events/formula/formula.js';
import type { Basis, SubjectKind } from '../../events/primitives.js';
import { allPeriods } from '../periods/queries.js';
import type { ReadDatabase } from '../read-database.js';
import { scalesAt, type ScaleView } from '../scales/queries.js';
import { placements, type Placement } from '../statements/queries/placements.js';
import { population } from '../statements/queries/population.js';
import { weakest } from '../tabulation/basis.js';

/** Counts cells as known at one position. Counting is in memory: what the cells need was read before. */
export interface CellCounter {
  count(cell: CellReference): Value;
  /** The ids of the subjects counted. Empty where the cell cannot be counted. */
  members(cell: CellReference): ReadonlySet<number>;
  /** By id of each subject counted by its levels: the weakest of the grounds that these rest on. */
  grounds(cell: CellReference): ReadonlyMap<number, Basis>;
}

type Counted = { readonly members: ReadonlySet<number> } | { readonly problem: string };

type Levels = ReadonlyMap<number, Placement>;

/** The subjects that exist at one reference date, with their levels on the scales that were asked for. */
interface Slice {
  readonly ids: readonly number[];
  readonly on: ReadonlyMap<string, Levels>;
}

const sliceName = (subjects: SubjectKind, period: string): string => `${subjects} ${period}`;

/**
 * Reads what these cells need, one statement per scale, kind of subject and period, and counts them from memory.
 *
 * @param defaultPeriod the period of the cells that name none; empty where there is none
 */
export async function newCellCounter(
  db: ReadDatabase,
  cells: readonly CellReference[],
  defaultPeriod: string,
  position: number,
): Promise<CellCounter> {
  const referenceDates = new Map(
    (await allPeriods(db, position)).map(({ key, referenceDate }) => [key, referenceDate]),
  );
  const scales = new Map((await scalesAt(db, position)).map((scale) => [scale.key, scale]));
  const slices = new Map<string, Slice>();
  for (const [name, group] of Map.groupBy(cells, (cell) => sliceName(cell.subjects, cell.period ?? defaultPeriod))) {
    const first = group[0] as CellReference;
    const asOf = referenceDates.get(first.period ?? defaultPeriod);
    if (asOf === undefined) continue;
    const wanted = new Set(group.flatMap(({ conditions }) => conditions.map(({ scale }) => scale)));
    slices.set(name, await readSlice(db, first.subjects, wanted, { asOf, position }));
  }
  const counted = new Map<string, Counted>();

  const compute = ({ subjects, conditions, period }: CellReference): Counted => {
    const key = period ?? defaultPeriod;
    const slice = slices.get(sliceName(subjects, key));
    if (key === '') return { problem: 'A cell names no period, and the report has none.' };
    if (!slice) return { problem: `Period '${key}' is not defined.` };
    for (const condition of conditions) {
      const problem = problemOf(condition, subjects, scales.get(condition.scale));
      if (problem !== null) return { problem };
    }
    return { members: new Set(slice.ids.filter((id) => conditions.every((condition) => meets(slice, id, condition)))) };
  };

  const once = (cell: CellReference): Counted => {
    const name = writeCell(cell, defaultPeriod);
    const known = counted.get(name) ?? compute(cell);
    counted.set(name, known);
    return known;
  };

  const members = (cell: CellReference): ReadonlySet<number> => {
    const known = once(cell);
    return 'problem' in known ? new Set() : known.members;
  };

  return {
    members,
    count(cell) {
      const known = once(cell);
      return 'problem' in known ? known : { value: known.members.size };
    },
    grounds(cell) {
      const slice = slices.get(sliceName(cell.subjects, cell.period ?? defaultPeriod));
      const bases = (id: number) => cell.conditions.flatMap(({ scale }) => slice?.on.get(scale)?.get(id)?.basis ?? []);
      return new Map(
        [...members(cell)].flatMap((id) => {
          const grounds = bases(id);
          return grounds.length > 0 ? [[id, weakest(grounds)] as const] : [];
        }),
      );
    },
  };
}

/** Why nothing can meet a condition: a count of 0 would pass for an answer. */
function problemOf(
  { scale, levels }: CellCondition,
  subjects: SubjectKind,
  defined: ScaleView | undefined,
): string | null {
  if (!defined) return `Scale '${scale}' is not defined.`;
  // Regions have care offices too, whatever the scale is defined for.
  if (defined.subjectKind !== subjects && scale !== 'care-office') {
    return `Scale '${scale}' is for ${nouns[defined.subjectKind]}, not for ${nouns[subjects]}.`;
  }
  const missing = levels?.find((level) => !defined.levels.some(({ key }) => key === level));
  return missing === undefined ? null : `Scale '${scale}' has no level '${missing}'.`;
}

async function readSlice(
  db: ReadDatabase,
  subjects: SubjectKind,
  scales: ReadonlySet<string>,
  point: { readonly asOf: string; readonly position: number },
): Promise<Slice> {
  const ids = (await population(db, subjects, {}, point)).map(({ id }) => id);
  const on = new Map<string, Levels>();
  for (const scale of scales) on.set(scale, await placements(db, ids, scale, point));
  return { ids, on };
}

function meets({ on }: Slice, id: number, { scale, levels }: CellCondition): boolean {
  const level = on.get(scale)?.get(id)?.level;
  return level !== undefined && (levels === null || levels.includes(level));
}

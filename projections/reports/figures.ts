import type { CellReference } from '../../events/formula/cell-reference.js';
import { writeCell } from '../../events/formula/cell-reference.js';
import { cellsOf, countedCellsOf, evaluate, type Formula, type Value } from '../../events/formula/formula.js';
import { readFormula } from '../../events/formula/read.js';
import type { Basis } from '../../events/primitives.js';
import { newCellCounter, type CellCounter } from '../formulas/cell-counter.js';
import { allPeriods, cellsAsPublished } from '../periods/queries.js';
import type { ReadDatabase } from '../read-database.js';
import { countBases, weakest, type BasisCountView } from '../tabulation/basis.js';
import type { PrintedReport } from './queries.js';
import { restatingEvents } from './restating-events.js';

/** A formula's value at the three times that matter to a printed figure; null where it has none. */
export interface Figures {
  /** From the cells that the publishing event kept. Null also where it did not keep them. */
  readonly rebuiltThen: number | null;
  /** By today's program, at the log position that the publication pinned. */
  readonly rebuilt: number | null;
  /** By today's program, at the position asked for. */
  readonly knownNow: number | null;
  /** Why `rebuilt` is null. */
  readonly problem: string | null;
  readonly cells: readonly CellReference[];
  /** Those of them whose subjects are counted, not only divided by. */
  readonly counted: readonly CellReference[];
  /** How the levels of the subjects in the cells are known, at the pinned position; each subject once. */
  basis(): readonly BasisCountView[];
}

/** What the figures of one report are computed from. */
export interface ReportFigures {
  /** The position that the report's figures are pinned at, and the one asked for. */
  readonly pinned: number;
  readonly position: number;
  /** The period of cells that name none. */
  readonly period: string;
  readonly countedThen: CellCounter;
  readonly countedNow: CellCounter;
  figures(formula: string | null): Figures;
  /** The events since the publication by which the membership of these cells came to be what it is now; see restatingEvents. */
  restating(cells: readonly CellReference[]): Promise<number[]>;
}

const read = (text: string): Formula | string => {
  const reading = readFormula(text);
  return 'formula' in reading ? reading.formula : reading.problem;
};

/**
 * Prepares the figures of a report, as seen from a position. They are pinned at the first publication of its period; before
 * that, and for a report without one, nothing is pinned and they are those of the position.
 */
export async function reportFigures(db: ReadDatabase, report: PrintedReport, position: number): Promise<ReportFigures> {
  const formulas = new Map<string, Formula | string>();
  for (const { formula } of [...report.tables.flatMap(({ cells }) => cells), ...report.claims]) {
    if (formula !== null) formulas.set(formula, read(formula));
  }
  const period = report.period ?? '';
  const publication = (await allPeriods(db, position)).find(({ key }) => key === period)?.publications[0];
  const pinned = publication?.position ?? position;
  const cells = [...formulas.values()].flatMap((formula) => (typeof formula === 'string' ? [] : cellsOf(formula)));
  const countedThen = await newCellCounter(db, cells, period, pinned);
  const countedNow = pinned === position ? countedThen : await newCellCounter(db, cells, period, position);
  const kept = publication ? await cellsAsPublished(db, publication.position) : new Map<string, number>();
  const keptCount = (cell: CellReference): Value => {
    const value = kept.get(writeCell(cell, period));
    return value === undefined ? { problem: 'The publication did not keep this cell.' } : { value };
  };
  const valueOf = (value: Value): number | null => ('value' in value ? value.value : null);

  const restatingOf = memoize(
    (cell: CellReference) => restatingEvents(db, cell, { pinned, position, period, countedThen, countedNow }),
    (cell) => writeCell(cell, period),
  );
  // Hundreds of printed cells, each asked for by many subjects: a formula is computed once.
  const figuresOf = memoize(computed, String);

  return {
    pinned,
    position,
    period,
    countedThen,
    countedNow,
    figures: figuresOf,
    async restating(of) {
      const positions = new Set((await Promise.all(of.map(restatingOf))).flat());
      return [...positions].sort((a, b) => a - b);
    },
  };

  function computed(text: string | null): Figures {
    const formula =
      text === null ? 'The report’s figure is not a count of subjects.' : (formulas.get(text) ?? read(text));
    if (typeof formula === 'string')
      return {
        rebuiltThen: null,
        rebuilt: null,
        knownNow: null,
        problem: formula,
        cells: [],
        counted: [],
        basis: () => [],
      };
    const rebuilt = evaluate(formula, (cell) => countedThen.count(cell));
    return {
      rebuiltThen: valueOf(evaluate(formula, keptCount)),
      rebuilt: valueOf(rebuilt),
      knownNow: valueOf(evaluate(formula, (cell) => countedNow.count(cell))),
      problem: 'problem' in rebuilt ? rebuilt.problem : null,
      cells: cellsOf(formula),
      counted: countedCellsOf(formula),
      basis: () => basisOf(cellsOf(formula), countedThen),
    };
  }
}

function basisOf(cells: readonly CellReference[], counter: CellCounter): BasisCountView[] {
  const grounds = new Map<number, Basis>();
  for (const cell of cells) {
    for (const [id, basis] of counter.grounds(cell)) grounds.set(id, weakest([basis, grounds.get(id) ?? basis]));
  }
  return countBases([...grounds.values()]);
}

/** Computes the value of each key once; keys with one name are the same key. */
function memoize<K, V>(compute: (key: K) => V, nameOf: (key: K) => string): (key: K) => V {
  const values = new Map<string, V>();
  return (key) => {
    const name = nameOf(key);
    if (!values.has(name)) values.set(name, compute(key));
    return values.get(name) as V;
  };
}

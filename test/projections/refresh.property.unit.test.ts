import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertInOrder } from '../../events/statement-order.js';
import { emptyCell, removeVersion, type CellState, type Version } from '../../projections/statements/cell.js';
import { refreshChanges, type DateSpan, type Refresh } from '../../projections/statements/refresh.js';

const day = fc.integer({ min: 1, max: 12 }).map((number) => `2020-01-${String(number).padStart(2, '0')}`);
const level = fc.constantFrom('1', '2', '3');

const news = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('STATED' as const), day, level }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('MOVED' as const), which: fc.nat(), day, level }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('WITHDRAWN' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('LIVES' as const), from: fc.option(day), until: fc.option(day) }),
  },
);

const order = new Map([
  ['1', 0],
  ['2', 1],
  ['3', 2],
]);

const version = (position: number, rank: number, effectiveOn: string, of: string): Version => ({
  position,
  rank,
  effectiveOn,
  level: of,
  eventId: `event-${position}`,
  basis: 'OBSERVED',
  actor: 'somebody',
});

/** What a refresh came to, with the row of each change that stands. */
function outcome(cell: CellState, refresh: Omit<Refresh, 'span' | 'rowOf'>, span: DateSpan | null, at: number) {
  const rowOf = (index: number) => ({ knownFrom: at, ordinal: index });
  const { ended, begun } = refreshChanges(cell, { ...refresh, rowOf, span });
  const rows = ended.map(({ row }) => `${row?.knownFrom}.${row?.ordinal}`);
  return { ended: rows.sort(), begun, changes: cell.changes, leave: cell.leave };
}

describe('the changes of a cell, derived around what came and went', () => {
  it('are those that are derived from all of its history, whatever was stated, corrected, withdrawn or clipped', () => {
    fc.assert(
      fc.property(fc.array(news, { maxLength: 40 }), (happenings) => {
        const [near, whole] = [emptyCell(), emptyCell()];
        let lifetime: Refresh['lifetime'] = { registeredOn: '2020-01-03', retiredOn: null };
        let retirement: Version | null = null;

        for (const [index, happening] of happenings.entries()) {
          const at = index + 1;
          const dates: string[] = [];
          const leaves = (which: number): Version | undefined => near.versions[which % near.versions.length];
          const remove = (gone: Version): void => {
            for (const cell of [near, whole]) removeVersion(cell, gone);
            dates.push(gone.effectiveOn);
          };
          const add = (come: Version): void => {
            for (const cell of [near, whole]) insertInOrder(cell.versions, come);
            dates.push(come.effectiveOn);
          };

          if (happening.kind === 'LIVES') {
            lifetime = { registeredOn: happening.from, retiredOn: happening.until };
            retirement = happening.until === null ? null : version(at, at, happening.until, 'retired');
          } else if (happening.kind === 'STATED') {
            add(version(at, at, happening.day, happening.level));
          } else {
            const gone = leaves(happening.which);
            if (gone === undefined) continue;
            remove(gone);
            if (happening.kind === 'MOVED') add(version(at, gone.rank, happening.day, happening.level));
          }

          dates.sort();
          const span = dates.length === 0 ? null : { first: dates[0] ?? '', last: dates.at(-1) ?? '' };
          const refresh = { lifetime, retirement, order };
          expect(outcome(near, refresh, span, at)).toEqual(outcome(whole, refresh, null, at));
        }
      }),
      { numRuns: 3000 },
    );
  });
});

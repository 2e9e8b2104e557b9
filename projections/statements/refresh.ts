import type { Lifetime } from '../../events/lifetime.js';
import { partitionPoint } from '../../events/statement-order.js';
import { type CellState, type CurrentChange, type Version } from './cell.js';
import { changesOf, directionOf, type LevelOrder } from './changes.js';
import { timelineOf } from './timeline.js';

/** The dates between which versions came or went, both included. */
export interface DateSpan {
  readonly first: string;
  readonly last: string;
}

export interface Refresh {
  readonly lifetime: Lifetime;
  /** The version that ends the lifetime, if any does. */
  readonly retirement: Version | null;
  readonly order: LevelOrder;
  readonly rowOf: (indexAmongBegun: number) => CurrentChange['row'];
  /** Null: anywhere, as after a change of the lifetime, which clips all of a timeline. */
  readonly span: DateSpan | null;
}

export interface ChangesDiff {
  readonly ended: readonly CurrentChange[];
  readonly begun: readonly CurrentChange[];
}

/** A stretch of a cell: versions enough to derive its changes from, and the changes of it that stood, [from, until). */
interface Stretch {
  readonly versions: readonly Version[];
  /** Dates of statements whose intervals the stretch derives rightly, both included; null where it has no such end. */
  readonly first: string | null;
  readonly last: string | null;
  readonly from: number;
  readonly until: number;
}

/** To look changes up by: a change is the pair of two versions and the date on which the one gives way to the other. */
const nameOf = ({ from, to, retirement, effectiveOn }: CurrentChange): string =>
  [from?.position, to?.position, retirement?.position, effectiveOn].join(' ');

/**
 * Derives the cell's changes anew where they can have changed, and says which ended and which began (time rule 4): a correction
 * of either version of a pair, even of its evidence alone, ends the change and begins another. A cell may have a history of
 * any length, so only the versions around the span are looked at.
 */
export function refreshChanges(cell: CellState, refresh: Refresh): ChangesDiff {
  const stretch = stretchOf(cell, refresh);
  if (stretch === null) return { ended: [], begun: [] };
  const { from, until } = stretch;
  const before = cell.changes.slice(from, until);
  const leave = leaveOf(cell, refresh);

  // A change is looked up by its name, because the same change may stand at another index afterwards.
  const gone = new Map([...before, ...(cell.leave ? [cell.leave] : [])].map((change) => [nameOf(change), change]));
  const begun: CurrentChange[] = [];
  const keepOrBegin = (change: CurrentChange): CurrentChange => {
    const name = nameOf(change);
    const current = gone.get(name) ?? { ...change, row: refresh.rowOf(begun.length) };
    if (!gone.delete(name)) begun.push(current);
    return current;
  };
  const after = changesIn(stretch, refresh).map(keepOrBegin);
  cell.changes = [...cell.changes.slice(0, from), ...after, ...cell.changes.slice(until)];
  cell.leave = leave && keepOrBegin(leave);
  return { ended: [...gone.values()], begun };
}

/**
 * A version decides about its own interval and where the one before it ends. So a change can have come or gone from the
 * last date before the span to the first one after it, and to know what the first of these came after, one more version is
 * looked at. Null: nothing can have changed, because all of that lies outside of the lifetime.
 */
function stretchOf({ versions, changes }: CellState, { span, lifetime }: Refresh): Stretch | null {
  if (span === null) return { versions, first: null, last: null, from: 0, until: changes.length };
  const { registeredOn, retiredOn } = lifetime;
  if (registeredOn === null || (retiredOn !== null && span.first >= retiredOn)) return null;

  const dated = (isBefore: (date: string) => boolean) => partitionPoint(versions, (each) => isBefore(each.effectiveOn));
  const last = versions[dated((date) => date <= span.last)]?.effectiveOn ?? null;
  if (last !== null && last <= registeredOn) return null;
  const first = versions[dated((date) => date < span.first) - 1]?.effectiveOn ?? null;
  const begin = first === null ? 0 : Math.max(0, dated((date) => date < first) - 1);
  const end = last === null ? versions.length : dated((date) => date <= last);

  // What was stated before the registration holds from the registration on.
  const effective = first !== null && first < registeredOn ? registeredOn : first;
  return {
    versions: versions.slice(begin, end),
    first,
    last,
    from: effective === null ? 0 : partitionPoint(changes, ({ effectiveOn }) => effectiveOn < effective),
    until: last === null ? changes.length : partitionPoint(changes, ({ effectiveOn }) => effectiveOn <= last),
  };
}

function changesIn({ versions, first, last }: Stretch, { lifetime, order }: Refresh): CurrentChange[] {
  return changesOf(timelineOf(versions, lifetime)).flatMap(({ from, to, effectiveOn, changedAfter }) => {
    const stated = to.version.effectiveOn;
    if ((first !== null && stated < first) || (last !== null && stated > last)) return [];
    return {
      from: from?.version ?? null,
      to: to.version,
      retirement: null,
      direction: directionOf(from?.version.level ?? null, to.version.level, order),
      effectiveOn,
      changedAfter,
      row: null,
    };
  });
}

/** The last status is left on the date of retirement. */
function leaveOf({ versions }: CellState, { lifetime, retirement, order }: Refresh): CurrentChange | null {
  const { registeredOn, retiredOn } = lifetime;
  if (registeredOn === null || retiredOn === null || registeredOn >= retiredOn) return null;
  const from = versions[partitionPoint(versions, ({ effectiveOn }) => effectiveOn < retiredOn) - 1];
  if (from === undefined) return null;
  const direction = directionOf(from.level, null, order);
  const changedAfter = from.effectiveOn;
  return { from, to: null, retirement, direction, effectiveOn: retiredOn, changedAfter, row: null };
}

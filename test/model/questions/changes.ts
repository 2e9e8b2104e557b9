import * as fc from 'fast-check';
import { changesBy, type DatedChange } from '../fold/changes.js';
import { eventAt, subjectOf, type Log } from '../fold/log.js';
import { assessing } from '../fold/scales.js';
import { statementsAt } from '../fold/statements.js';
import { actors, bases, dates } from '../histories/vocabulary.js';
import { everRegistered } from '../ask.js';
import { scalesAt } from '../fold/scales.js';

/** The StatusChangeFilter of the API. */
export interface ChangeFilter {
  readonly subjectKind?: 'REGION' | 'PROJECT';
  readonly keys?: readonly string[];
  readonly scales?: readonly string[];
  readonly direction?: readonly string[];
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly effectiveFrom?: string;
  readonly effectiveUntil?: string;
  readonly recordedFrom?: string;
  readonly recordedUntil?: string;
  readonly basis?: readonly string[];
  readonly recordedBy?: readonly string[];
}

const isOneOf = (value: string | null | undefined, values: readonly string[] | undefined): boolean =>
  values === undefined || (value != null && values.includes(value));

const isBetween = (value: string, from: string | undefined, until: string | undefined): boolean =>
  (from === undefined || from <= value) && (until === undefined || value < until);

function passes(log: Log, change: DatedChange, filter: ChangeFilter, position: number): boolean {
  const { kind, key } = subjectOf(change.stream);
  // Organisations have names, but their changes are no status changes; nor are, unless asked for, names and the like.
  if (kind === 'ORGANISATION') return false;
  if (!filter.scales && !assessing(log, kind, position).includes(change.scale)) return false;
  return (
    isOneOf(kind, filter.subjectKind && [filter.subjectKind]) &&
    isOneOf(key, filter.keys) &&
    isOneOf(change.scale, filter.scales) &&
    isOneOf(change.direction, filter.direction) &&
    isOneOf(change.from?.level, filter.from) &&
    isOneOf(change.to?.level, filter.to) &&
    isBetween(change.effectiveOn, filter.effectiveFrom, filter.effectiveUntil) &&
    isBetween(eventAt(log, change.born).recordedAt, filter.recordedFrom, filter.recordedUntil) &&
    isOneOf(change.to?.basis, filter.basis) &&
    isOneOf(change.ending.event.actor, filter.recordedBy)
  );
}

/** Every change of every cell that ever stood by the position and passes the filter, in no particular order. */
export function changesFor(log: Log, filter: ChangeFilter, position: number): DatedChange[] {
  const { known, ended } = statementsAt(log, position);
  const versions = [...known, ...ended.map(({ version }) => version)];
  const cells = new Map(versions.map(({ stream, scale }) => [`${stream}/${scale}`, { stream, scale }]));
  return [...cells.values()]
    .flatMap(({ stream, scale }) => changesBy(log, stream, scale, position))
    .filter((change) => passes(log, change, filter, position));
}

/** Numbers and dates that become a filter when it is known what the log holds. */
export const changeFilterPick = fc.record({
  subjectKind: fc.option(fc.constantFrom('REGION' as const, 'PROJECT' as const), { freq: 4 }),
  keys: fc.option(fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }), { freq: 4 }),
  scales: fc.option(fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), { freq: 4 }),
  direction: fc.option(fc.subarray(['ENTER', 'ADVANCE', 'REGRESS', 'LATERAL', 'LEAVE']), { freq: 4 }),
  from: fc.option(fc.array(fc.nat(4), { maxLength: 2 }), { freq: 4 }),
  to: fc.option(fc.array(fc.nat(4), { maxLength: 2 }), { freq: 4 }),
  effective: fc.option(fc.tuple(fc.nat(9), fc.nat(9)), { freq: 4 }),
  recorded: fc.option(fc.tuple(fc.nat(60), fc.nat(60)), { freq: 4 }),
  basis: fc.option(fc.subarray([...bases]), { freq: 4 }),
  recordedBy: fc.option(fc.subarray([...actors]), { freq: 4 }),
  only: fc.constantFrom(
    'subjectKind',
    'keys',
    'scales',
    'direction',
    'levels',
    'effective',
    'recorded',
    'basis',
    'recordedBy',
    'all',
    'none',
  ),
});

type Pick = typeof changeFilterPick extends fc.Arbitrary<infer T> ? T : never;

const choose = (from: readonly string[], numbers: readonly number[]): string[] => [
  ...new Set(numbers.flatMap((number) => from[number % from.length] ?? [])),
];

/** From the smaller to the greater; nothing where they are equal, because an empty range is refused. */
const range = (values: readonly string[], numbers: readonly number[]): readonly string[] => {
  const [from, until] = numbers.map((number) => values[number % values.length] as string).sort();
  return from === until ? [] : [from as string, until as string];
};

export function changeFilterFrom(log: Log, pick: Pick): ChangeFilter {
  const wants = (part: Pick['only']): boolean => pick.only === 'all' || pick.only === part;
  const scales = [
    'existence',
    'name',
    'care-office',
    'parent',
    'regions',
    ...scalesAt(log, log.length).map(({ key }) => key),
  ];
  const keys = [...everRegistered(log, 'RegionRegistered'), ...everRegistered(log, 'ProjectRegistered')];
  const kind = wants('subjectKind') ? pick.subjectKind : null;
  const fitting = keys.filter((key) => kind === null || key.startsWith(kind === 'REGION' ? 'r' : 'p'));
  const one = scalesAt(log, log.length)[pick.from?.[0] ?? 0];
  const levels = one && one.key !== 'care-office' && wants('levels') ? one.levels.map(({ key }) => key) : null;
  const [effectiveFrom, effectiveUntil] = wants('effective') && pick.effective ? range(dates, pick.effective) : [];
  const instants = [...new Set(log.map(({ recordedAt }) => recordedAt))];
  const [recordedFrom, recordedUntil] = wants('recorded') && pick.recorded ? range(instants, pick.recorded) : [];
  return {
    ...(kind === null ? {} : { subjectKind: kind }),
    ...(wants('keys') && pick.keys ? { keys: choose(fitting, pick.keys) } : {}),
    ...(levels && one
      ? { scales: [one.key] }
      : wants('scales') && pick.scales
        ? { scales: choose(scales, pick.scales) }
        : {}),
    ...(wants('direction') && pick.direction ? { direction: pick.direction } : {}),
    ...(levels && pick.from ? { from: choose(levels, pick.from) } : {}),
    ...(levels && pick.to ? { to: choose(levels, pick.to) } : {}),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    ...(effectiveUntil === undefined ? {} : { effectiveUntil }),
    ...(recordedFrom === undefined ? {} : { recordedFrom }),
    ...(recordedUntil === undefined ? {} : { recordedUntil }),
    ...(wants('basis') && pick.basis ? { basis: pick.basis } : {}),
    ...(wants('recordedBy') && pick.recordedBy ? { recordedBy: pick.recordedBy } : {}),
  };
}

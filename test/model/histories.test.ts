import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTypeNames } from '../../events/event-types.js';
import { history } from './histories/arbitrary.js';
import type { History } from './histories/history.js';
import { changeFilterPick } from './questions/changes.js';
import { filterPick } from './questions/filter.js';

type Event = History['live'][number]['events'][number];
type Data = Readonly<Record<string, unknown>>;

/** Properties find nothing in what is never generated. A property can hold because nothing was asked of it. */
const sample = fc.sample(history(), { numRuns: 300, seed: 1 });

const recordingsOf = ({ stated, live }: History) => [...stated, ...live];
const eventsOf = (past: History): readonly Event[] => recordingsOf(past).flatMap(({ events }) => events);
const dataOf = (event: Event): Data => event.data as Data;

/** The event that an event corrects or withdraws. */
const named = (past: History, event: Event): Event | undefined => {
  const id = dataOf(event)['corrects'] ?? dataOf(event)['withdraws'];
  return eventsOf(past).find((each) => each.id === id);
};

const pairs = <T>(list: readonly T[]): (readonly [T, T])[] =>
  list.flatMap((one, index) => list.slice(index + 1).map((other) => [one, other] as const));

const inOneCell = (a: Event, b: Event): boolean =>
  a.type === 'StatusStated' && b.type === a.type && a.stream === b.stream && dataOf(a)['scale'] === dataOf(b)['scale'];

const dated = (event: Event): string => String(dataOf(event)['effectiveOn']);

const does = (type: string, to: string) => (past: History) =>
  eventsOf(past).some((event) => event.type === type && named(past, event)?.type === to);

const situations: readonly (readonly [string, (past: History) => boolean])[] = [
  ['a correction of a correction', does('StatusCorrected', 'StatusCorrected')],
  ['a withdrawal of a statement', does('StatusWithdrawn', 'StatusStated')],
  ['a withdrawal of a corrected version', does('StatusWithdrawn', 'StatusCorrected')],
  ['a corrected registration', does('StatusCorrected', 'RegionRegistered')],
  ['a withdrawn registration', does('StatusWithdrawn', 'RegionRegistered')],
  ['a withdrawn registration of an organisation', does('StatusWithdrawn', 'OrganisationRegistered')],
  ['a corrected retirement', does('StatusCorrected', 'RegionRetired')],
  ['a withdrawn retirement', does('StatusWithdrawn', 'RegionRetired')],
  ['a corrected name', does('StatusCorrected', 'RegionNamed')],
  ['a withdrawn name of an organisation', does('StatusWithdrawn', 'OrganisationNamed')],
  ['a tie on one date', (past) => pairs(eventsOf(past)).some(([a, b]) => inOneCell(a, b) && dated(a) === dated(b))],
  ['a late statement', (past) => pairs(eventsOf(past)).some(([a, b]) => inOneCell(a, b) && dated(b) < dated(a))],
  ['a stated and a live part', ({ stated, live }) => stated.length > 0 && live.length > 0],
  ['several events of one append', (past) => recordingsOf(past).some(({ events }) => events.length > 1)],
  ['two appends at one instant', ({ live }) => live.some(({ at }, index) => live[index + 1]?.at === at)],
  ['a clock that is set back', ({ live }) => live.some(({ at }, index) => at > (live[index + 1]?.at ?? at))],
];

describe('generated histories', () => {
  it.each(situations)('hold %s, often enough to be looked at', (_, occurs) => {
    expect(sample.filter(occurs).length).toBeGreaterThan(sample.length / 50);
  });

  it('hold every type of event that is about subjects, scales, periods or milestones', () => {
    const seldom = ['ReportPublished', 'PublicationFiguresRecorded', 'ActorErased'];
    const happened = new Set(sample.flatMap((past) => eventsOf(past).map(({ type }) => type)));
    expect([...happened].sort()).toEqual([...eventTypeNames].filter((type) => !seldom.includes(type)).sort());
  });

  it('are asked with filters of every kind', () => {
    for (const arbitrary of [filterPick, changeFilterPick]) {
      const picks: readonly Data[] = fc.sample<object>(arbitrary, { numRuns: 400, seed: 1 }) as Data[];
      for (const part of Object.keys(picks[0] ?? {})) {
        expect(picks.filter((pick) => pick[part] !== null).length, part).toBeGreaterThan(20);
      }
    }
  });
});

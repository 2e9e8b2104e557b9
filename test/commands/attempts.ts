import * as fc from 'fast-check';
import type { ProposedEvent } from '../../src/commands/proposed-event.js';
import {
  corrected,
  milestone,
  organisation,
  period,
  project,
  published,
  region,
  regionNamed,
  regionRetired,
  scale,
  scaleRevised,
  stated,
  summarised,
  withdrawn,
} from './proposed-events.js';

/** An attempt at an event, given the events that were accepted before: about as often wrong as right. */
export type Attempt = (past: readonly (ProposedEvent & { readonly id: string })[]) => ProposedEvent;

const regions = ['a', 'b', 'c'] as const;
const regionKey = fc.constantFrom(...regions);
const subject = fc.constantFrom('region-a', 'region-a', 'region-b', 'region-c', 'project-p', 'organisation-cz');
const date = fc.constantFrom('2018-01-01', '2018-06-01', '2019-01-01', '2019-06-01', '2020-01-01', '2021-01-01');
const scaleKey = fc.constantFrom('vision', 'vision', 'rubric', 'care-office', 'parent', 'regions', 'existence', 'name');
const level = fc.constantFrom('1', '2', '3', 'a', 'b', 'cz', 'a,b', 'registered', 'retired');
const reason = fc.constantFrom(null, 'Because.');

/** Names some earlier event, mostly one that made a statement. */
const target = fc.nat();

const nth = (past: readonly (ProposedEvent & { readonly id: string })[], place: number) => past[place % past.length];

const correction = fc
  .record({
    target,
    level,
    date,
    keepLevel: fc.boolean(),
    keepDate: fc.boolean(),
    stray: fc.boolean(),
    stream: subject,
  })
  .map(({ target, level, date, keepLevel, keepDate, stray, stream }): Attempt => (past) => {
    const named = nth(past, target);
    const before = named && contentOf(named);
    return corrected(
      stray && target % 2 === 0 ? stream : (named?.stream ?? stream),
      named?.id ?? 'none',
      stray || !before ? 'vision' : before.scale,
      keepLevel && before ? before.level : level,
      keepDate && before ? before.effectiveOn : date,
    );
  });

function contentOf(event: ProposedEvent): { scale: string; level: string; effectiveOn: string } | null {
  switch (event.type) {
    case 'StatusStated':
    case 'StatusCorrected':
      return event.data;
    case 'RegionNamed':
      return { scale: 'name', level: event.data.name, effectiveOn: event.data.effectiveOn };
    case 'RegionRegistered':
    case 'ProjectRegistered':
    case 'OrganisationRegistered':
      return { scale: 'existence', level: 'registered', effectiveOn: event.data.registeredOn };
    case 'RegionRetired':
      return { scale: 'existence', level: 'retired', effectiveOn: event.data.retiredOn };
    default:
      return null;
  }
}

const fixed =
  (proposed: ProposedEvent): Attempt =>
  () =>
    proposed;

const statement = fc
  .record({ subject, scaleKey, level, date, reason })
  .map(({ subject, scaleKey, level, date, reason }) => fixed(stated(subject, scaleKey, level, date, { reason })));

const assessment = fc
  .record({ regionKey, level: fc.constantFrom('1', '2', '3'), date, reason })
  .map(({ regionKey, level, date, reason }) => fixed(stated(`region-${regionKey}`, 'vision', level, date, { reason })));

const parentage = fc
  .record({ child: regionKey, parent: regionKey, date })
  .map(({ child, parent, date }) => fixed(stated(`region-${child}`, 'parent', parent, date)));

const withdrawal = fc.record({ target }).map(({ target }): Attempt => (past) => {
  const named = nth(past, target);
  return withdrawn(named?.stream ?? 'region-a', named?.id ?? 'none');
});

const rest = fc.oneof(
  fc.record({ regionKey, date }).map(({ regionKey, date }) => fixed(region(regionKey, date))),
  fc.record({ regionKey, date }).map(({ regionKey, date }) => fixed(regionRetired(regionKey, date))),
  fc.record({ regionKey, date }).map(({ regionKey, date }) => fixed(regionNamed(regionKey, `Name ${date}`, date))),
  fc.constantFrom(
    fixed(project('p')),
    fixed(organisation('cz')),
    fixed(scaleRevised('vision', ['0', '1', '2', '3'])),
    fixed(scaleRevised('vision', ['2', '1', '3'])),
    fixed(scale('care-office', ['cz'], { subjectKind: 'PROJECT', kind: 'NOMINAL' })),
    fixed(period('2020-10', '2020-11-01')),
    fixed(published('2020-10', '2020-11-01', 'regions@2020-10')),
    fixed(milestone('project-p')),
    fixed(milestone('region-a')),
    fixed(summarised('project-p')),
    fixed(summarised('region-a')),
  ),
);

/** Attempts at a history: its beginning, mostly acceptable, and anything after it. */
export const attempts: fc.Arbitrary<readonly Attempt[]> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: assessment },
      { weight: 3, arbitrary: correction },
      statement,
      parentage,
      withdrawal,
      rest,
    ),
    {
      maxLength: 80,
      size: 'max',
    },
  )
  .map((attempts) => [
    fixed(scale('vision', ['1', '2', '3'])),
    fixed(scale('rubric', ['a', 'b'], { subjectKind: 'PROJECT', kind: 'NOMINAL' })),
    fixed(organisation('cz')),
    fixed(region('a')),
    fixed(region('b', '2018-06-01')),
    fixed(project('p')),
    ...attempts,
  ]);

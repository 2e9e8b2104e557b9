import { expect, test } from 'vitest';
import type { ProposedEvent } from '../../src/commands/proposed-event.js';
import {
  corrected,
  milestone,
  summarised,
  organisation,
  period,
  project,
  published,
  region,
  regionNamed,
  regionRetired,
  report,
  scale,
  scaleRevised,
  stated,
  withdrawn,
} from './proposed-events.js';
import { past } from './past.js';

const erased: ProposedEvent = { stream: 'actor-a:1', type: 'ActorErased', data: { actor: 'a:1', reason: 'Asked.' } };
const figures: ProposedEvent = {
  stream: 'publication-all',
  type: 'PublicationFiguresRecorded',
  data: {
    title: 'All',
    kind: 'page',
    figures: [{ metric: 'views', value: 1, from: '2020-01-01', until: '2020-12-31', source: 'x' }],
  },
};
const everyType: readonly ProposedEvent[] = [
  scale('vision', ['1']),
  scaleRevised('vision', ['1']),
  organisation('cz'),
  {
    stream: 'organisation-cz',
    type: 'OrganisationNamed',
    data: { name: 'CZ', effectiveOn: '2018-01-01', reason: null, evidence: [] },
  },
  region('zeeland'),
  regionNamed('zeeland', 'Zeeland'),
  regionRetired('zeeland', '2021-01-01'),
  project('P-001'),
  {
    stream: 'project-P-001',
    type: 'ProjectNamed',
    data: { name: 'One', effectiveOn: '2018-01-01', reason: null, evidence: [] },
  },
  { stream: 'project-P-001', type: 'ProjectRetired', data: { retiredOn: '2021-01-01', reason: 'Over.', evidence: [] } },
  stated('region-zeeland', 'vision', '1'),
  corrected('region-zeeland', 'x', 'vision', '1'),
  withdrawn('region-zeeland', 'x'),
  period('2020-10', '2020-11-01'),
  published('2020-10', '2020-11-01'),
  report('2021-01', null),
  milestone('region-zeeland'),
  milestone('programme'),
  summarised('project-P-001'),
  figures,
  erased,
];

test.each(everyType.map((event) => [event.type, event] as const))('%s has a stream of its own', (_, event) => {
  for (const stream of ['elsewhere', 'scale-other', 'region', 'publication-', 'publication-a--b', 'actor-b']) {
    expect(past().refusalOf({ ...event, stream })).toMatchObject({ code: 'WRONG_STREAM', field: 'stream' });
  }
  expect(past().refusalOf(event)?.code).not.toBe('WRONG_STREAM');
});

test('the refusal names the stream that the event belongs in', () => {
  expect(past().refusalOf({ ...region('zeeland'), stream: 'region-drenthe' })?.message).toBe(
    "RegionRegistered belongs in stream 'region-zeeland', not in 'region-drenthe'.",
  );
  expect(past().refusalOf({ ...stated('region-zeeland', 'vision', '1'), stream: 'organisation-cz' })?.message).toBe(
    "StatusStated belongs in stream 'region-<key>' or 'project-<key>', not in 'organisation-cz'.",
  );
});

test('an organisation has no statuses and no milestones, but its name can be put right', () => {
  const history = past(organisation('cz'));
  const cz = history.record({
    stream: 'organisation-cz',
    type: 'OrganisationNamed',
    data: { name: 'CX', effectiveOn: '2018-01-01', reason: null, evidence: [] },
  });
  expect(history.refusalOf(milestone('organisation-cz'))?.code).toBe('WRONG_STREAM');
  expect(history.refusalOf(stated('organisation-cz', 'care-office', 'cz'))?.code).toBe('WRONG_STREAM');
  expect(history.refusalOf(corrected('organisation-cz', cz, 'name', 'CZ'))).toBeNull();
});

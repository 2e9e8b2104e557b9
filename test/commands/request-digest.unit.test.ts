import { expect, test } from 'vitest';
import type { DomainEvent } from '../../events/domain-event.js';
import { commandKinds, type Command } from '../../src/commands/catalogue.js';
import { requestDigest } from '../../src/commands/execution/request-digest.js';

const grounds = { reason: null, evidence: [] };
const evidence = [{ title: 'Report', locator: 'p. 4', url: null }];
const label = { nl: 'Fase', en: null };

const target: DomainEvent = {
  id: '01900000-0000-7000-8000-000000000001',
  position: 1,
  stream: 'region-zeeland',
  revision: 0,
  type: 'StatusStated',
  schemaVersion: 1,
  recordedAt: '2020-01-01T00:00:00.000Z',
  recordedAtStated: false,
  appendedAt: '2020-01-01T00:00:00.000Z',
  actor: 'recorder',
  correlationId: 'request',
  causationId: null,
  idempotencyKey: null,
  requestDigest: null,
  data: { scale: 'phase', level: '1', effectiveOn: '2019-01-01', basis: 'OBSERVED', ...grounds },
};

const statement: Command = {
  kind: 'RECORD_STATUS',
  stream: 'region-zeeland',
  scale: 'phase',
  level: '1',
  effectiveOn: '2019-01-01',
  basis: 'OBSERVED',
  reason: null,
  evidence,
};

/** Digests that version 0.1.0 computed: logs hold them beside idempotency keys. */
const known: readonly (readonly [Command, string])[] = [
  [
    {
      kind: 'REGISTER_REGION',
      key: 'zeeland',
      name: 'Zeeland',
      registeredOn: '2018-01-01',
      careOffice: 'cz',
      parent: null,
      ...grounds,
    },
    'tTQRzw7Fv4FK5l5tExJqnYK-VlhDpYfuzayIPKq4MmY',
  ],
  [
    {
      kind: 'REGISTER_PROJECT',
      key: 'P-1',
      name: 'Project',
      registeredOn: '2018-01-01',
      careOffice: null,
      regions: ['zeeland'],
      summary: 'What it is about.',
      reason: null,
      evidence,
    },
    'QpcwQMjrCyqmvNmSWwTkPnKwk_eGv212JP6r7dRqdtA',
  ],
  [
    { kind: 'RENAME', stream: 'region-zeeland', name: 'Zeeland', effectiveOn: '2019-01-01', ...grounds },
    'tL4Ge-WufVsLRabvMZoxFhWVs5rXR3uow54K2yyjWjI',
  ],
  [
    { kind: 'RETIRE', stream: 'region-zeeland', retiredOn: '2021-01-01', reason: 'Merged.', evidence: [] },
    'TV5-M36AhJagFaU7sh_3DPtxtJSi8JMEUeKOnAXIFFU',
  ],
  [
    {
      kind: 'DEFINE_SCALE',
      key: 'phase',
      subjectKind: 'REGION',
      scaleKind: 'ORDINAL',
      label,
      levels: [{ key: '1', label, definition: null }],
      ...grounds,
    },
    '9Z46KwZnXw6d6g3U6k4XmkSbHdgbQa5wC7Jt5IIdGkY',
  ],
  [statement, 'CAe5R6-YSV-eFc6n9CJ8v44VXIdU2OWizlE7OzBsVC0'],
  [
    {
      kind: 'CORRECT_STATUS',
      target,
      level: '2',
      effectiveOn: null,
      basis: null,
      evidence: null,
      reason: 'A slip.',
    },
    'ZtWc-rPydlKP2B3yJ4TlEpgVXkxuoB7VoXdgEqQLLXo',
  ],
  [{ kind: 'WITHDRAW_STATUS', target, reason: 'Never so.' }, 'hxomOQEIejfmhagNwpPQNLxLGUhFQN6PQBlLHJVH3ko'],
  [
    { kind: 'DEFINE_PERIOD', key: '2020-10', label, referenceDate: '2020-11-01', ...grounds },
    'oPVubVB0XtaBlqDj9WD27b-UTLveMwiM5_1E6COoPb4',
  ],
  [
    { kind: 'PUBLISH_PERIOD', period: '2020-10', cells: null, ...grounds },
    'tmFQS_EXyO0NymaBF5sqZDXN5ih_6ki3phgvy2cC4GA',
  ],
  [
    { kind: 'RECORD_MILESTONE', stream: 'region-zeeland', on: '2020-04', text: 'Begin', ...grounds },
    'mj6LW0x6oaOUN_UEeVDDW3uaakj8BNmmiKvWNaaS0gA',
  ],
  [
    { kind: 'ERASE_ACTOR', actor: 'a-1', reason: 'Asked.', evidence: [] },
    '6rsKtwUe0WzXU3kJeVrGSSdwP2RY6nXnrEyrylzLEZU',
  ],
];

test.each(known.map(([command, digest]) => [command.kind, command, digest] as const))(
  'a request of kind %s has the digest that logs hold of it',
  (_, command, digest) => {
    expect(requestDigest({ command, actor: 'recorder', expectedRevision: null })).toBe(digest);
  },
);

test('the digest covers the expected revision', () => {
  expect(requestDigest({ command: statement, actor: 'recorder', expectedRevision: 3 })).toBe(
    'OjTyD26Y_Q2u5y6oaY4DdRiSi3R9MIyDrnRILAwk5Qw',
  );
});

test('every kind of command has a digest that is known', () => {
  expect(known.map(([{ kind }]) => kind).sort()).toEqual([...commandKinds].sort());
});

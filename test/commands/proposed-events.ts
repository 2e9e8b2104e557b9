import type { EventData } from '../../events/event-types.js';
import type { Level } from '../../events/scales.js';
import type { ProposedEvent } from '../../src/commands/proposed-event.js';

const grounds = { reason: null, evidence: [] };

const REGISTERED_ON = '2018-01-01';

export const region = (key: string, registeredOn = REGISTERED_ON): ProposedEvent => ({
  stream: `region-${key}`,
  type: 'RegionRegistered',
  data: { key, registeredOn, ...grounds },
});

export const project = (key: string, registeredOn = REGISTERED_ON): ProposedEvent => ({
  stream: `project-${key}`,
  type: 'ProjectRegistered',
  data: { key, registeredOn, summary: null, ...grounds },
});

export const organisation = (key: string, registeredOn = REGISTERED_ON): ProposedEvent => ({
  stream: `organisation-${key}`,
  type: 'OrganisationRegistered',
  data: { key, registeredOn, ...grounds },
});

export const regionNamed = (key: string, name: string, effectiveOn = REGISTERED_ON): ProposedEvent => ({
  stream: `region-${key}`,
  type: 'RegionNamed',
  data: { name, effectiveOn, ...grounds },
});

export const regionRetired = (key: string, retiredOn: string): ProposedEvent => ({
  stream: `region-${key}`,
  type: 'RegionRetired',
  data: { retiredOn, reason: 'Merged.', evidence: [] },
});

const levels = (...keys: readonly string[]): Level[] =>
  keys.map((key) => ({ key, label: { nl: key, en: null }, definition: null }));

export const scale = (
  key: string,
  keys: readonly string[],
  more: Partial<EventData['ScaleDefined']> = {},
): ProposedEvent => ({
  stream: `scale-${key}`,
  type: 'ScaleDefined',
  data: {
    key,
    subjectKind: 'REGION',
    kind: 'ORDINAL',
    label: { nl: key, en: null },
    levels: levels(...keys),
    ...more,
  },
});

export const scaleRevised = (key: string, keys: readonly string[]): ProposedEvent => ({
  stream: `scale-${key}`,
  type: 'ScaleRevised',
  data: { key, label: { nl: key, en: null }, levels: levels(...keys) },
});

export const stated = (
  stream: string,
  scale: string,
  level: string,
  effectiveOn = REGISTERED_ON,
  more: Partial<EventData['StatusStated']> = {},
): ProposedEvent => ({
  stream,
  type: 'StatusStated',
  data: { scale, level, effectiveOn, basis: 'OBSERVED', ...grounds, ...more },
});

export const corrected = (
  stream: string,
  corrects: string,
  scale: string,
  level: string,
  effectiveOn = REGISTERED_ON,
  more: Partial<EventData['StatusCorrected']> = {},
): ProposedEvent => ({
  stream,
  type: 'StatusCorrected',
  data: { corrects, scale, level, effectiveOn, basis: 'OBSERVED', evidence: [], reason: 'A slip.', ...more },
});

export const withdrawn = (stream: string, withdraws: string): ProposedEvent => ({
  stream,
  type: 'StatusWithdrawn',
  data: { withdraws, reason: 'Never so.' },
});

export const period = (key: string, referenceDate: string): ProposedEvent => ({
  stream: `period-${key}`,
  type: 'PeriodDefined',
  data: { key, label: { nl: key, en: null }, referenceDate, assumption: null },
});

export const published = (key: string, referenceDate: string, ...cells: readonly string[]): ProposedEvent => ({
  stream: `period-${key}`,
  type: 'PeriodPublished',
  data: { period: key, referenceDate, cells: cells.map((cell) => ({ cell, count: 1 })) },
});

export const report = (key: string, period: string | null): ProposedEvent => ({
  stream: `report-${key}`,
  type: 'ReportPublished',
  data: { key, title: key, publisher: 'ZN', publishedOn: '2021-01', period, tables: [], claims: [] },
});

export const summarised = (stream: string): ProposedEvent => ({
  stream,
  type: 'ProjectSummarised',
  data: { summary: 'What it is about.', evidence: [] },
});

export const milestone = (stream: string, more: Partial<EventData['MilestoneRecorded']> = {}): ProposedEvent => ({
  stream,
  type: 'MilestoneRecorded',
  data: { on: '2020-04', precision: 'MONTH', text: 'Begin', evidence: [], ...more },
});

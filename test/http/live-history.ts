import type { Json } from '../../events/envelope.js';
import { type EventTypeName, currentVersion } from '../../events/event-types.js';
import { newEventId } from '../../src/event-store/event-id.js';
import type { Append } from '../../src/event-store/port.js';

export type Written = Append['events'][number];

const written = (stream: string, type: EventTypeName, data: Json): Written => ({
  id: newEventId(),
  stream,
  type,
  schemaVersion: currentVersion(type),
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  data,
});

const label = (text: string): Json => ({ nl: text, en: null });
const grounds = { evidence: [], reason: null };

/** An ordinal scale of regions with levels '1' to '5'. */
export const scale = (key: string): Written =>
  written(`scale-${key}`, 'ScaleDefined', {
    key,
    subjectKind: 'REGION',
    kind: 'ORDINAL',
    label: label(key),
    levels: ['1', '2', '3', '4', '5'].map((level) => ({ key: level, label: label(level), definition: null })),
  });

export const region = (key: string): Written =>
  written(`region-${key}`, 'RegionRegistered', { key, registeredOn: '2018-01-01', ...grounds });

export const named = (key: string, name: string, effectiveOn = '2018-01-01'): Written =>
  written(`region-${key}`, 'RegionNamed', { name, effectiveOn, ...grounds });

export const stated = (key: string, on: string, level: string, effectiveOn: string): Written =>
  written(`region-${key}`, 'StatusStated', { scale: on, level, effectiveOn, basis: 'OBSERVED', ...grounds });

export const corrected = (key: string, corrects: string, on: string, level: string, effectiveOn: string): Written =>
  written(`region-${key}`, 'StatusCorrected', {
    corrects,
    scale: on,
    level,
    effectiveOn,
    basis: 'OBSERVED',
    evidence: [],
    reason: 'It was misread.',
  });

export const withdrawn = (key: string, withdraws: string): Written =>
  written(`region-${key}`, 'StatusWithdrawn', { withdraws, reason: 'It was about another region.' });

export const retired = (key: string, retiredOn: string): Written =>
  written(`region-${key}`, 'RegionRetired', { retiredOn, evidence: [], reason: 'Merged.' });

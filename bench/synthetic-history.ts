/** A history of any length that says the same each time it is made, for measuring. */
import type { Json } from '../events/envelope.js';
import { newEventId } from '../src/event-store/event-id.js';
import type { HistoricEvent } from '../src/event-store/port.js';

export const SCALES = ['agreements', 'dynamics', 'vision'] as const;

const event = (stream: string, type: string, data: Json): HistoricEvent => ({
  id: newEventId(),
  stream,
  type,
  schemaVersion: 1,
  actor: 'bench',
  correlationId: 'bench',
  causationId: null,
  recordedAt: '2020-01-01T00:00:00.000Z',
  recordedAtStated: true,
  appendedAt: null,
  idempotencyKey: null,
  requestDigest: null,
  position: null,
  revision: null,
  data,
});

const grounds = { evidence: [], reason: null };
const levels = ['1', '2', '3', '4', '5'].map((key) => ({ key, label: { nl: key, en: null }, definition: null }));

/** The three scales, and that many regions: 'r0', 'r1', … */
export const definitions = (regions: number): HistoricEvent[] => [
  ...SCALES.map((key) =>
    event(`scale-${key}`, 'ScaleDefined', {
      key,
      subjectKind: 'REGION',
      kind: 'ORDINAL',
      label: { nl: key, en: null },
      levels,
    }),
  ),
  ...Array.from({ length: regions }, (_, index) =>
    event(`region-r${index}`, 'RegionRegistered', { key: `r${index}`, registeredOn: '2010-01-01', ...grounds }),
  ),
];

/** Spread over fifteen years in no order, so that most statements are late ones. */
export const statement = (index: number, regions: number): HistoricEvent =>
  event(`region-r${(index * 7919) % regions}`, 'StatusStated', {
    scale: SCALES[index % SCALES.length] ?? '',
    level: String((index % 5) + 1),
    effectiveOn: `20${10 + ((index * 31) % 15)}-${String(1 + ((index * 17) % 12)).padStart(2, '0')}-${String(1 + ((index * 13) % 28)).padStart(2, '0')}`,
    basis: 'OBSERVED',
    ...grounds,
  });

/** Statements [from, to), made as they are asked for: a history of millions need not fit into memory. */
export function* statements(from: number, to: number, regions: number): Generator<HistoricEvent> {
  for (let index = from; index < to; index += 1) yield statement(index, regions);
}

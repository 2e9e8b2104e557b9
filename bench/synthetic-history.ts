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

const LEVEL_COUNT = levels.length;

/** The days on which statements take effect: the first 28 of each month of fifteen years. */
const DAYS_PER_MONTH = 28;
const MONTH_COUNT = 15 * 12;
const DAY_COUNT = MONTH_COUNT * DAYS_PER_MONTH;

/** A prime that does not divide DAY_COUNT: stepping by it visits every day once before any day comes twice. */
const DAY_STEP = 2_389;

/** A number that looks random and is the same for the same index: a level may not follow from a subject or a date. */
function scramble(index: number): number {
  let mixed = Math.imul(index + 1, 0x9e37_79b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b_3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function dayAt(place: number): string {
  const month = Math.floor(place / DAYS_PER_MONTH);
  const parts = [2010 + Math.floor(month / 12), 1 + (month % 12), 1 + (place % DAYS_PER_MONTH)];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/**
 * The statement at this place in the history. Rounds follow each other: in each, every region has a level stated on every
 * scale. Dates of effect are in no order, so that most statements are late ones, and no region has two statements on one
 * scale and date before round DAY_COUNT.
 */
export function statement(index: number, regions: number): HistoricEvent {
  const region = index % regions;
  const turn = Math.floor(index / regions);
  const round = Math.floor(turn / SCALES.length);
  return event(`region-r${region}`, 'StatusStated', {
    scale: SCALES[turn % SCALES.length] ?? '',
    level: String(1 + (scramble(index) % LEVEL_COUNT)),
    effectiveOn: dayAt((round * DAY_STEP + scramble(region)) % DAY_COUNT),
    basis: 'OBSERVED',
    ...grounds,
  });
}

/** Statements [from, to), made as they are asked for: a history of millions need not fit into memory. */
export function* statements(from: number, to: number, regions: number): Generator<HistoricEvent> {
  for (let index = from; index < to; index += 1) yield statement(index, regions);
}
